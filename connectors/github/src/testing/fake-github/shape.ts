import type { components } from '@octokit/openapi-types';

type Part<T> = T extends readonly (infer Item)[]
  ? Part<Item>[]
  : T extends object
    ? { [Field in keyof T]?: Part<T[Field]> }
    : T;

/** What GitHub's API says of a thing, or a part of it: whatever is there has its name and type. */
export type Shape<Name extends keyof components['schemas']> = Part<components['schemas'][Name]>;

/** An instant as GitHub writes it: to the second. */
export function written(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** A user as GitHub shows one beside everything. */
export function userOf(login: string) {
  return {
    login,
    id: [...login].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1_000_000,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    html_url: `https://github.test/${login}`,
    site_admin: false,
  } satisfies Shape<'simple-user'>;
}
