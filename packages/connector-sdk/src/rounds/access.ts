import { SourceError } from '../source-error.js';

/** What a word under `events:` needs. */
export interface Access {
  /** What it is about, as the subject of a sentence. */
  what: string;
  /** The right that a credential must have for it. */
  right: string;
  /** The cheapest question that needs it, under the path of what is looked at. */
  probe?: string;
}

/** Something that was not let in, or fails, and what it was asked for. */
export interface Refusal<Kind extends string> {
  kinds: readonly Kind[];
  error: SourceError;
}

/** Where rights have other names, and credentials, too. */
export interface RightWords<Kind extends string> {
  access: Readonly<Record<Kind, Access>>;
  /** Who is to be given a right: `the token or App`. */
  bearer: string;
  /** The rights that a refusal itself names; undefined when it names none. */
  named?(error: SourceError): string | undefined;
}

function listed(words: readonly string[]): string {
  const unique = [...new Set(words)];
  return unique.length < 2 ? unique.join('') : `${unique.slice(0, -1).join(', ')} and ${unique.at(-1)}`;
}

/** Words under `events:` as a sentence has them, and what they are about. */
function wordsOf<Kind extends string>(refusals: readonly Refusal<Kind>[], { access }: RightWords<Kind>) {
  const kinds = refusals.flatMap((refusal) => refusal.kinds);
  return {
    words: listed(kinds.map((kind) => `\`${kind}\``)),
    what: listed(kinds.map((kind) => access[kind].what)),
  };
}

/** All that was not let in at one thing, as one fault to mend. */
export function eventsNotPermitted<Kind extends string>(
  fullName: string,
  refusals: readonly Refusal<Kind>[],
  rightWords: RightWords<Kind>,
): SourceError {
  const { access, bearer, named } = rightWords;
  const { words, what } = wordsOf(refusals, rightWords);
  const rights = refusals.flatMap((refusal) => {
    const right = named?.(refusal.error);
    return right === undefined ? refusal.kinds.map((kind) => access[kind].right) : [right];
  });
  return new SourceError({
    code: 'events-not-permitted',
    detail: `Of ${fullName}, ${what} can’t be read with this credential; all else is told.`,
    remedy: `Give ${bearer} ${listed(rights)}, or leave ${words} out of \`events:\`.`,
    kind: 'configuration',
    cause: refusals[0]?.error,
  });
}

/** All over which the upstream fails at one thing again and again, while the rest is told. */
export function eventsFailing<Kind extends string>(
  fullName: string,
  failures: readonly Refusal<Kind>[],
  rightWords: RightWords<Kind>,
): SourceError {
  const { words, what } = wordsOf(failures, rightWords);
  const reasons = [...new Set(failures.map(({ error }) => error.detail))].join(' ');
  return new SourceError({
    code: 'events-failing',
    detail: `Of ${fullName}, ${what} can’t be read right now; all else is told. ${reasons}`,
    remedy: `It is asked again. If it stays, the server’s log may say why; until then ${words} can be left out of \`events:\`.`,
    kind: 'upstream',
    cause: failures[0]?.error,
  });
}
