import type { ItemResult } from '@painchain/contract';
import { encodeId } from '../database/opaque-id.js';
import type { KnownKey, StoredKey } from './events.repository.js';
import type { Accepted, Verdict } from './judge.js';

export const identity = ({ connector, key }: { connector: string; key: string }) => `${connector}\0${key}`;

/** What the store made of each key. */
export type Outcomes = Map<string, ({ known: false } & StoredKey) | ({ known: true } & KnownKey)>;

/** The first event of each key. The others of one batch are its duplicates, whatever the store says. */
export function firstOfEachKey(verdicts: readonly Verdict[]): Map<string, Accepted> {
  const firsts = new Map<string, Accepted>();
  for (const verdict of verdicts) {
    if (!('accepted' in verdict)) continue;
    const name = identity(verdict.accepted);
    if (!firsts.has(name)) firsts.set(name, verdict.accepted);
  }
  return firsts;
}

/** One result per item, in the order of the items. */
export function resultsOf(verdicts: readonly Verdict[], outcomes: Outcomes): ItemResult[] {
  const firsts = firstOfEachKey(verdicts);
  return verdicts.map((verdict): ItemResult => {
    if ('refused' in verdict) {
      return { status: 'rejected', code: verdict.refused.code, detail: verdict.refused.detail };
    }
    const name = identity(verdict.accepted);
    const outcome = outcomes.get(name);
    const first = firsts.get(name);
    if (!outcome || !first) throw new Error('an event was neither stored nor found');
    const event_id = encodeId('evt', outcome.seq);
    if (first === verdict.accepted) {
      if (!outcome.known) return { status: 'stored', event_id };
      return duplicate(event_id, outcome.same);
    }
    return duplicate(event_id, first.content() === verdict.accepted.content());
  });
}

function duplicate(event_id: string, isSame: boolean): ItemResult {
  if (isSame) return { status: 'duplicate', event_id };
  const detail =
    'Its key is known with other content, which stays: a fact that changed needs a key of its own.';
  return { status: 'duplicate', event_id, code: 'content_differs', detail };
}
