import type { JsonObject, JsonValue } from '@painchain/contract';
import type { Hint } from './hint.js';
import { epochMs, instantMs, isDateText } from './instants.js';
import type { Kind } from './kind.js';
import { bytesPer, durationSeconds, quantityBytes, secondsPer, unitOfKey } from './quantities.js';
import { changeOf, isTable, userName } from './structures.js';
import { embeddedJson, isEmail, isImage, isMachineCode, isSha, isUrlText } from './texts.js';
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
  'login',
  'username',
]);
const percentWords = new Set(['percent', 'percentage', 'pct', '%']);

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
  if (typeof value === 'object') return kindOfObject(value, lastWord(key));
  return typeof value === 'number' ? kindOfNumber(value, lastWord(key)) : kindOfText(value, lastWord(key));
}

function kindOfList(value: JsonValue[]): Kind {
  if (value.length === 0) return 'nothing';
  if (value.every((item) => typeof item !== 'object' || item === null)) return 'chips';
  return isTable(value) ? 'table' : 'list';
}

function kindOfObject(value: JsonObject, word: string): Kind {
  if (Object.keys(value).length === 0) return 'nothing';
  if (changeOf(value)) return 'change';
  return userName(value, userWords.has(word)) === undefined ? 'object' : 'user';
}

function kindOfNumber(value: number, word: string): Kind {
  if (epochMs(value, word) !== undefined) return 'time';
  return unitOfKey(word) ?? (percentWords.has(word) ? 'percent' : 'number');
}

function kindOfText(value: string, word: string): Kind {
  if (instantMs(value) !== undefined) return 'time';
  if (isDateText(value)) return 'date';
  if (isUrlText(value)) return 'url';
  if (isEmail(value)) return 'email';
  if (isMachineCode(value)) return 'code';
  if (isSha(value, word)) return 'sha';
  if (isImage(value, word)) return 'image';
  if (durationSeconds(value) !== undefined) return 'duration';
  if (quantityBytes(value) !== undefined) return 'bytes';
  if (/^-?\d{1,3}(?:\.\d+)? ?%$/.test(value)) return 'percent';
  if (statusWords.has(word) && isShort(value)) return 'status';
  if (userWords.has(word) && isShort(value)) return 'user';
  if (embeddedJson(value)) return 'json';
  return /\r?\n/.test(value.trim()) ? 'multiline' : 'text';
}

function isShort(value: string): boolean {
  return value.length <= 60 && !/[\r\n]/.test(value);
}

const roles: Record<string, Kind> = {
  sha: 'sha',
  commit: 'sha',
  image: 'image',
  status: 'status',
  user: 'user',
  actor: 'user',
  code: 'code',
  text: 'text',
  multiline: 'multiline',
};

/** The kind that a hint asks for, if the value can be that. */
function kindOfHint(value: JsonValue, hint: Hint): Kind | undefined {
  if (typeof value === 'number') return numberHint(value, hint);
  if (typeof value !== 'string') return undefined;
  if (hint.unit !== undefined && /^-?\d+(\.\d+)?$/.test(value)) return numberHint(Number(value), hint);
  if (hint.format === 'date-time') return instantMs(value) === undefined ? undefined : 'time';
  if (hint.format === 'date') return isDateText(value) ? 'date' : undefined;
  if (hint.format === 'duration') return durationSeconds(value) === undefined ? undefined : 'duration';
  if (hint.format === 'uri') return isUrlText(value) ? 'url' : undefined;
  if (hint.format === 'email') return isEmail(value) ? 'email' : undefined;
  const role = hint.role !== undefined && Object.hasOwn(roles, hint.role) ? roles[hint.role] : undefined;
  if (role === 'sha') return /^[0-9a-f]{7,64}$/.test(value) && !/^0+$/.test(value) ? role : undefined;
  if (role === 'image') return isImage(value, 'image') ? role : undefined;
  if (role === 'status' || role === 'user') return isShort(value) ? role : undefined;
  return role;
}

function numberHint(value: number, hint: Hint): Kind | undefined {
  if (hint.format === 'date-time' || hint.role === 'time')
    return epochMs(value, 'time') === undefined ? undefined : 'time';
  if (hint.unit === undefined) return undefined;
  if (percentWords.has(hint.unit)) return 'percent';
  if (secondsPer(hint.unit) !== undefined) return 'duration';
  return bytesPer(hint.unit) === undefined ? undefined : 'bytes';
}
