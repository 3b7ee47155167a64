import type { JsonValue } from '@painchain/contract';
import { tokenize } from '@painchain/query';

/** What of an event free text is searched in. */
export interface SearchedEvent {
  title: string;
  project: string;
  subject?: string | null | undefined;
  actor?: string | null | undefined;
  data: JsonValue;
}

// Longer texts are logs and patches; what is searched for stands near their beginning.
const textMax = 1_000;
const dataWordsMax = 300;
// The last place that PostgreSQL tells from later ones.
const placeMax = 16_383;

// An address is words that stand in every other address, an instant is no word at all.
const isNoText = /^(?:(?:https?|git|ssh):\/\/\S*|\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*)$/i;

// Words are letters and digits: there is nothing to escape.
const beginOf = (tenantId: number) => `'${tenantId.toString(36)}.`;

/** A word as it is stored and searched: in no other tenant's lists. */
export function lexeme(tenantId: number, word: string): string {
  return `${beginOf(tenantId)}${word}'`;
}

/**
 * The text of a tsvector: the words of an event at their places. Between two texts one place stays free. PostgreSQL
 * puts together those that stand in it several times, which takes it less than us.
 */
export function wordsOf(event: SearchedEvent, tenantId: number): string {
  const begin = beginOf(tenantId);
  let words = '';
  let last = -1;
  const take = (text: string, max: number): number => {
    const before = last + 1;
    let taken = 0;
    for (const { word, position } of tokenize(text)) {
      const place = before + position;
      if (taken === max || place > placeMax) break;
      taken += 1;
      last = place;
      words += `${begin}${word}':${place} `;
    }
    return taken;
  };
  const fields = new Set([event.title, event.project, event.subject ?? '', event.actor ?? '']);
  for (const text of fields) take(text, Infinity);
  let left = dataWordsMax;
  for (const text of textsIn(event.data, fields)) {
    left -= take(text, left);
    if (left === 0) break;
  }
  return words;
}

/** Each further text once, level by level: those at the top tell most, whatever the cap leaves out. */
function* textsIn(data: JsonValue, known: ReadonlySet<string>): Generator<string> {
  const seen = new Set(known);
  const queue = [data];
  for (const value of queue) {
    if (typeof value === 'string') {
      const text = value.slice(0, textMax);
      if (seen.has(text) || isNoText.test(text)) continue;
      seen.add(text);
      yield text;
    } else if (typeof value === 'object' && value !== null) {
      queue.push(...Object.values(value));
    }
  }
}
