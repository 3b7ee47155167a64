import { digestOf } from './digest.js';

/** What is short enough to be remembered as it is, and can be kept anywhere. */
const short = /^[^\p{Cc}\p{Cs}]{0,24}$/u;

/** A text as it is remembered to be compared: itself if it is short, else its digest. */
export function tokenOf(text: string): string {
  return short.test(text) ? `=${text}` : `#${digestOf(text)}`;
}

/** The text behind a token, where it was short. */
function textOf(token: string | undefined): string | undefined {
  return token?.startsWith('=') ? token.slice(1) : undefined;
}

/** What an edit changed: before and after where they are short. */
export interface TextChange<Field extends string> {
  field: Field;
  before?: string;
  after?: string;
}

/** The fields whose tokens differ, each in its place; `opaque` are those whose texts tell nobody anything. */
export function changedTexts<Field extends string>(
  fields: readonly Field[],
  before: readonly string[],
  tokens: readonly string[],
  opaque: readonly Field[],
): TextChange<Field>[] {
  return fields.flatMap((field, index): TextChange<Field>[] => {
    if (before[index] === tokens[index]) return [];
    if (opaque.includes(field)) return [{ field }];
    const [old, now] = [textOf(before[index]), textOf(tokens[index])];
    return [{ field, ...(old && { before: old }), ...(now && { after: now }) }];
  });
}

/** `Shop 1.2 (v1.2)`, or only the tag where the name says the same. */
export function releaseName(tag: string, name: string): string {
  return name.trim() === '' || name.trim() === tag ? tag : `${name.trim()} (${tag})`;
}
