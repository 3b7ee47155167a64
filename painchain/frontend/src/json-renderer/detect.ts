import type { JsonObject, JsonValue } from '@painchain/contract';
import type { Hint } from './hint.js';
import { kindOfHint } from './hinted-kind.js';
import { epochMs, instantMs, isDateText } from './instants.js';
import type { Kind } from './kind.js';
import { durationSeconds, isPercentText, percentUnits, quantityBytes, unitOfKey } from './quantities.js';
import { changeOf, isTable, userName } from './structures.js';
import {
  embeddedJson,
  isEmail,
  isImage,
  isMachineCode,
  isSha,
  isShort,
  isUnifiedDiff,
  isUrlText,
} from './texts.js';
import { lastWord } from './words.js';

const statusWords = new Set(['status', 'state', 'conclusion', 'phase', 'severity', 'result']);
const userWords = new Set([
  'actor',
  'author',
  'user',
  'committer',
  'sender',
  'assignee',
  'reviewer',
  'tagger',
  'pusher',
  'creator',
  'approver',
  'reporter',
  'login',
  'username',
]);
const timeWords = new Set(['at', 'time', 'timestamp', 'date', 'on']);

/**
 * What a value is. Asked in this order: the hint of connector.yaml, the value's structure, the value itself, and
 * only then the last word of its key. Never throws.
 */
export function detect(key: string, value: JsonValue, hint?: Hint): Kind {
  if (value === null || value === '') return 'nothing';
  const hinted = hint && kindOfHint(value, hint);
  if (hinted) return hinted;
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return kindOfList(value);
  const word = lastWord(key);
  if (typeof value === 'object') return kindOfObject(value, word);
  if (typeof value === 'number') return kindOfNumber(value, word);
  return kindOfStructuredText(value) ?? kindOfText(value, word) ?? kindByKey(value, word) ?? 'text';
}

function kindOfList(value: JsonValue[]): Kind {
  if (value.length === 0) return 'nothing';
  if (value.every((item) => typeof item !== 'object' || item === null)) return 'chips';
  return isTable(value) ? 'table' : 'list';
}

function kindOfObject(value: JsonObject, word: string): Kind {
  if (Object.keys(value).length === 0) return 'nothing';
  if (changeOf(value)) return isPeriod(value, word) ? 'object' : 'change';
  return userName(value, userWords.has(word)) === undefined ? 'object' : 'user';
}

/** Two instants are a change only of what is itself an instant; from one to the other of anything else is a while. */
function isPeriod({ from, to }: JsonObject, word: string): boolean {
  return !timeWords.has(word) && isMoment(from) && isMoment(to);
}

function isMoment(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && (instantMs(value) !== undefined || isDateText(value));
}

function kindOfNumber(value: number, word: string): Kind {
  if (epochMs(value, word) !== undefined) return 'time';
  return unitOfKey(word) ?? (percentUnits.has(word) ? 'percent' : 'number');
}

function kindOfStructuredText(value: string): Kind | undefined {
  if (embeddedJson(value)) return 'json';
  if (isUnifiedDiff(value)) return 'diff';
  return /\r?\n/.test(value.trim()) ? 'multiline' : undefined;
}

function kindOfText(value: string, word: string): Kind | undefined {
  if (instantMs(value) !== undefined) return 'time';
  if (isDateText(value)) return 'date';
  if (isUrlText(value)) return 'url';
  if (isEmail(value)) return 'email';
  if (isMachineCode(value)) return 'code';
  if (isSha(value, word)) return 'sha';
  if (isImage(value, word)) return 'image';
  if (durationSeconds(value) !== undefined) return 'duration';
  if (quantityBytes(value) !== undefined) return 'bytes';
  return isPercentText(value) ? 'percent' : undefined;
}

function kindByKey(value: string, word: string): Kind | undefined {
  if (!isShort(value)) return undefined;
  if (statusWords.has(word)) return 'status';
  return userWords.has(word) ? 'user' : undefined;
}
