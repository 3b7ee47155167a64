import { parseArgs } from 'node:util';
import { timestampFault } from '@painchain/contract';

export interface Options {
  /** The v1 database: a secret, since it holds a password. */
  from: string;
  /** The API's address, without a slash at its end. */
  to: string;
  dryRun: boolean;
  /** Only what happened at or after this instant. */
  since: string | undefined;
  /** Only what happened before this instant. */
  until: string | undefined;
  /** Where configuration skeletons of the connections are written; nowhere when absent. */
  skeletons: string | undefined;
  /** Names the database in the keys of its events, in place of what the server says of itself. */
  identity: string | undefined;
}

export const usage = `npm run import:v1 -- --from postgres://user:password@host/painchain [options]

  --from <url>           the database of PainChain v1; it is only read
  --to <url>             the API (default: PAINCHAIN_API_URL, else http://localhost:8000/api)
  --dry-run              reads and translates all of it, sends nothing
  --since <instant>      only what happened from then on, such as 2025-01-01T00:00:00Z
  --until <instant>      only what happened before; the beginning of what v2 has seen by itself
  --skeletons <folder>   writes what the connections were as configuration files without secrets
  --identity <name>      names the database in the keys of its events (default: by server and database)
`;

/** What was asked for cannot be done as asked; the message says how it can. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

export function readOptions(args: string[], defaultApi = 'http://localhost:8000/api'): Options {
  const { from, to = defaultApi, since, until, skeletons, identity, ...given } = parse(args);
  if (!from) throw new OptionsError('--from is missing: the address of the v1 database.');
  if (!isUrl(from, /^postgres(ql)?:$/)) {
    throw new OptionsError(
      '--from must be a postgres:// address, with special characters of the password written as %40.',
    );
  }
  if (!isUrl(to, /^https?:$/)) throw new OptionsError('--to must be the http address of the API.');
  for (const [name, instant] of Object.entries({ since, until })) {
    const fault = instant === undefined ? undefined : timestampFault(instant);
    if (fault) throw new OptionsError(`--${name} ${fault}.`);
  }
  if (identity !== undefined && !/^[\w.-]{1,100}$/.test(identity)) {
    throw new OptionsError('--identity must be 1 to 100 letters, digits, dots, dashes or underscores.');
  }
  const dryRun = given['dry-run'] ?? false;
  return { from, to: to.replace(/\/+$/, ''), dryRun, since, until, skeletons, identity };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      options: {
        from: text,
        to: text,
        since: text,
        until: text,
        skeletons: text,
        identity: text,
        'dry-run': { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new OptionsError(error instanceof Error ? error.message : String(error));
  }
}

function isUrl(text: string, protocol: RegExp): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password, protocol: own } = new URL(text);
  try {
    decodeURIComponent(username + password);
  } catch {
    return false;
  }
  return protocol.test(own);
}
