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
// Characters of data that are read for them: making sense of accents without letters takes long and gives no word.
const dataTextMax = 16 * 1024;
// The last place that PostgreSQL tells from later ones.
const placeMax = 16_383;

// An address is words that stand in every other address, an instant is no word at all.
const isNoText = /^(?:(?:https?|git|ssh):\/\/\S*|\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*)$/i;

/**
 * The text of a tsvector: each word of an event at its places, and before it the tenant, so that it is in no other's
 * lists. Words are letters and digits: there is nothing to escape. Between two texts one place stays free.
 */
export function wordsOf(event: SearchedEvent, tenantId: number): string {
  const tenant = tenantId.toString(36);
  const entries = new Map<string, string>();
  let last = -1;
  const take = (text: string, max: number): number => {
    const before = last + 1;
    let taken = 0;
    for (const { word, position } of tokenize(text)) {
      const place = before + position;
      if (taken === max || place > placeMax) break;
      taken += 1;
      last = place;
      const entry = entries.get(word);
      entries.set(word, entry === undefined ? `'${tenant}.${word}':${place}` : `${entry},${place}`);
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
  // Not one text that grows: those pieces live as long as their batch and cost half as much again.
  return [...entries.values()].join(' ');
}

/** Each further text once, level by level: those at the top tell most, whatever the cap leaves out. */
function* textsIn(data: JsonValue, known: ReadonlySet<string>): Generator<string> {
  const seen = new Set(known);
  const queue = [data];
  let left = dataTextMax;
  for (const value of queue) {
    if (typeof value === 'string') {
      const text = value.slice(0, Math.min(textMax, left));
      if (seen.has(text) || isNoText.test(text)) continue;
      seen.add(text);
      left -= text.length;
      yield text;
      if (left === 0) return;
    } else if (typeof value === 'object' && value !== null) {
      queue.push(...Object.values(value));
    }
  }
}
