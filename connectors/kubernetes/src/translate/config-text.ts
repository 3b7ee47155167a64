import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { z } from 'zod';
import { digestOf } from './digest.js';
import { cutText } from './wording.js';

/** Texts up to this length are kept as they are, as long as an object’s all fit into as much again. */
const maxKept = 4_000;
const maxKeptTogether = 8_000;
const headCharacters = 1_000;
/** Where an object has very many long texts, not of each the beginning is kept. */
const maxHeads = 8;
const shownLines = 10;
const shownCharacters = 500;
/** How far ahead it is looked for where two texts are the same again. */
const reach = 50;

/** A text that is too long to be kept: how it begins, and what shows that it differs. */
const LongText = z.object({
  head: z.string(),
  lines: z.int(),
  characters: z.int(),
  digest: z.string(),
});
type LongText = z.output<typeof LongText>;

/** What is kept of the texts of an object; the short ones first find room. */
export function keepTexts(texts: Readonly<Record<string, string>>): JsonObject {
  let room = maxKeptTogether;
  let heads = maxHeads;
  const bySize = Object.entries(texts).sort(([, one], [, other]) => one.length - other.length);
  const kept = new Map<string, JsonValue>();
  for (const [name, text] of bySize) {
    room -= text.length + name.length;
    const isWhole = text.length <= maxKept && room >= 0;
    if (!isWhole) heads -= 1;
    kept.set(name, isWhole ? text : longText(text, heads >= 0 ? headCharacters : 0));
  }
  return Object.fromEntries(Object.keys(texts).map((name) => [name, kept.get(name) ?? null]));
}

function longText(text: string, characters: number): JsonObject {
  const head = text.slice(0, characters);
  return { head, lines: linesOf(text).length, characters: text.length, digest: digestOf(text) };
}

/** Whether two texts are the same, in whichever way they are kept: others may leave a text less room than before. */
export function isSameText(before: JsonValue, after: JsonValue): boolean {
  return before === after || textDigest(before) === textDigest(after);
}

function textDigest(text: JsonValue): string | undefined {
  return typeof text === 'string' ? digestOf(text) : LongText.safeParse(text).data?.digest;
}

function linesOf(text: string): string[] {
  return text.split('\n');
}

/** A text that has changed, as it is told: the first lines that differ, and how many do. */
export function textChange(before: JsonValue, after: JsonValue): JsonObject {
  const [was, is] = [before, after].map((text) => (text === null ? null : readText(text)));
  if (!was || !is) return { old: was ? beginning(was) : null, new: is ? beginning(is) : null };
  if (was.isWhole && is.isWhole && was.lines + is.lines === 2) {
    return { old: cutText(was.head, shownCharacters), new: cutText(is.head, shownCharacters) };
  }
  const [old, fresh] = [comparable(was), comparable(is)];
  const start = old.findIndex((line, index) => line !== fresh[index]);
  const line = start < 0 ? old.length : start;
  if (!was.isWhole || !is.isWhole) return longChange(was, is, old[line], fresh[line], line);
  const [gone, come] = firstDifference(old.slice(line), fresh.slice(line));
  return { line: line + 1, old: shown(gone), new: shown(come), lines: lineCounts(old, fresh) };
}

interface ReadText {
  head: string;
  isWhole: boolean;
  lines: number;
  characters: number;
}

function readText(text: JsonValue): ReadText {
  if (typeof text === 'string') {
    return { head: text, isWhole: true, lines: linesOf(text).length, characters: text.length };
  }
  const { data } = LongText.safeParse(text);
  return { isWhole: false, ...(data ?? { head: '', lines: 0, characters: 0 }) };
}

/** The lines of what is kept; the last one of a beginning may be cut. */
function comparable({ head, isWhole }: ReadText): string[] {
  const lines = linesOf(head);
  return isWhole ? lines : lines.slice(0, -1);
}

function longChange(
  was: ReadText,
  is: ReadText,
  old: string | undefined,
  fresh: string | undefined,
  line: number,
): JsonObject {
  const isKnown = old !== undefined && fresh !== undefined;
  return {
    ...(isKnown ? { line: line + 1 } : { behind_line: line }),
    old: isKnown ? shown([old]) : sizeOf(was),
    new: isKnown ? shown([fresh]) : sizeOf(is),
    line_count: { old: was.lines, new: is.lines },
    characters: { old: was.characters, new: is.characters },
  };
}

function sizeOf({ lines, characters }: ReadText): string {
  return `${characters} characters in ${lines} lines`;
}

function beginning(text: ReadText): string {
  return text.isWhole ? cutText(text.head, shownCharacters) : `${shown(comparable(text))} (${sizeOf(text)})`;
}

/** Up to where two texts that begin differently are the same again. */
function firstDifference(old: readonly string[], fresh: readonly string[]): [string[], string[]] {
  for (let ahead = 1; ahead <= reach; ahead += 1) {
    for (let gone = 0; gone <= ahead; gone += 1) {
      const come = ahead - gone;
      const isEnd = gone >= old.length && come >= fresh.length;
      const isSame = gone < old.length && old[gone] === fresh[come] && old[gone]?.trim() !== '';
      if (isEnd || isSame) return [old.slice(0, gone), fresh.slice(0, come)];
    }
  }
  return [old.slice(0, shownLines), fresh.slice(0, shownLines)];
}

function shown(lines: readonly string[]): string {
  const more = lines.length - shownLines;
  const text = cutText(lines.slice(0, shownLines).join('\n'), shownCharacters);
  return more > 0 ? `${text}\n… ${more} more` : text;
}

/** How many lines only one of two texts has. */
function lineCounts(old: readonly string[], fresh: readonly string[]): JsonObject {
  const left = new Map<string, number>();
  for (const line of old) left.set(line, (left.get(line) ?? 0) + 1);
  let added = 0;
  for (const line of fresh) {
    const count = left.get(line) ?? 0;
    if (count === 0) added += 1;
    else left.set(line, count - 1);
  }
  const removed = [...left.values()].reduce((sum, count) => sum + count, 0);
  return { removed, added };
}
