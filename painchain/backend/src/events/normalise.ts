import { limits, type NewEvent } from '@painchain/contract';
import { describe } from './common-names.js';
import { findRefs } from './find-refs.js';
import { storableText } from './rejected-text.js';

/** An event with all that can be told of it. Still one that the contract takes. */
export type NormalEvent = NewEvent & { refs: string[]; tags: string[] };

const commitRef = /^commit:[0-9a-f]{7,64}$/i;

/**
 * The one place where an event is made comparable with those of other sources: what it doesn't say itself is
 * read from common names in its data, statuses are lower case, correlation keys are added. Pure, and a second
 * time changes nothing.
 */
export function normalise(event: NewEvent): NormalEvent {
  const described = describe(event.data);
  const said = event.status ?? described.status;
  // Some letters grow in lower case.
  const status = said === undefined ? undefined : storableText(said.toLowerCase(), limits.status);
  // Object.assign, since spreading objects of many shapes costs 40 times as much, for every event of a batch.
  return Object.assign(described, event, {
    ...(status !== undefined && { status }),
    refs: refsOf(event),
    tags: [...new Set(event.tags)],
  });
}

function refsOf({ refs = [], title, data }: NewEvent): string[] {
  const given = refs.map((ref) => (commitRef.test(ref) ? ref.toLowerCase() : ref));
  return [...new Set([...given, ...findRefs([title, data])])].slice(0, limits.refs);
}
