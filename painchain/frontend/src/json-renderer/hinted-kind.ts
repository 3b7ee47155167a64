import type { JsonValue } from '@painchain/contract';
import type { Hint } from './hint.js';
import { epochMs, instantMs, isDateText } from './instants.js';
import type { Kind } from './kind.js';
import {
  bytesPer,
  durationSeconds,
  isPercentText,
  percentUnits,
  quantityBytes,
  secondsPer,
} from './quantities.js';
import { isJsonObject, userName } from './structures.js';
import { embeddedJson, isEmail, isImage, isMachineCode, isShort, isUnifiedDiff, isUrlText } from './texts.js';

type Asked = [Kind, (text: string) => boolean];

const time: Asked = ['time', (text) => instantMs(text) !== undefined];
const url: Asked = ['url', isUrlText];
const email: Asked = ['email', isEmail];
const machine: Asked = ['code', isMachineCode];
const duration: Asked = ['duration', (text) => durationSeconds(text) !== undefined];
const user: Asked = ['user', isShort];
const sha: Asked = ['sha', (text) => /^[0-9a-f]{7,64}$/.test(text) && !/^0+$/.test(text)];

/** What a schema's `format` asks for, and what a text must be to be shown so. */
const formats = new Map<string, Asked>([
  ['date-time', time],
  ['date', ['date', isDateText]],
  ['duration', duration],
  ['uri', url],
  ['email', email],
  ['uuid', machine],
  ['ipv4', machine],
  ['ipv6', machine],
]);

const roles = new Map<string, Asked>([
  ['time', time],
  ['duration', duration],
  ['bytes', ['bytes', (text) => quantityBytes(text) !== undefined]],
  ['percent', ['percent', isPercentText]],
  ['url', url],
  ['email', email],
  ['sha', sha],
  ['commit', sha],
  ['image', ['image', (text) => isImage(text, 'image')]],
  ['status', ['status', isShort]],
  ['user', user],
  ['actor', user],
  ['diff', ['diff', isUnifiedDiff]],
  ['json', ['json', (text) => embeddedJson(text) !== undefined]],
  ['code', ['code', (text) => text.length <= 2_000 && !/[\r\n]/.test(text)]],
  ['multiline', ['multiline', () => true]],
  ['text', ['text', () => true]],
]);

/** The kind that a hint asks for, if the value can be that. */
export function kindOfHint(value: JsonValue, hint: Hint): Kind | undefined {
  if (isJsonObject(value))
    return isUserRole(hint) && userName(value, true) !== undefined ? 'user' : undefined;
  if (Array.isArray(value) || value === null) return undefined;
  if (hint.tone !== undefined && isShort(String(value))) return 'status';
  if (typeof value === 'boolean') return hint.role === 'status' ? 'status' : undefined;
  if (typeof value === 'number') return kindOfHintedNumber(value, hint);
  return kindOfHintedText(value, hint);
}

function isUserRole({ role }: Hint): boolean {
  return role === 'user' || role === 'actor';
}

function kindOfHintedText(value: string, hint: Hint): Kind | undefined {
  if (hint.unit !== undefined && /^-?\d+(\.\d+)?$/.test(value))
    return kindOfHintedNumber(Number(value), hint);
  for (const asked of [formats.get(hint.format ?? ''), roles.get(hint.role ?? '')]) {
    if (asked?.[1](value)) return asked[0];
  }
  if (hint.language !== undefined) return kindOfLanguage(value, hint.language);
  // A word out of a closed set is neither a name nor an address, whatever it looks like.
  return hint.choices?.includes(value) && hint.role === undefined ? 'code' : undefined;
}

function kindOfHintedNumber(value: number, hint: Hint): Kind | undefined {
  if (hint.format === 'date-time' || hint.role === 'time')
    return epochMs(value, 'time') === undefined ? undefined : 'time';
  if (hint.role === 'status') return 'status';
  if (hint.role === 'duration') return 'duration';
  const unit = hint.unit ?? hint.role;
  if (unit === undefined) return undefined;
  if (percentUnits.has(unit)) return 'percent';
  if (secondsPer(unit) !== undefined) return 'duration';
  return bytesPer(unit) === undefined ? 'number' : 'bytes';
}

function kindOfLanguage(value: string, language: string): Kind {
  const asked = language === 'json' || language === 'diff' ? roles.get(language) : undefined;
  return asked?.[1](value) ? asked[0] : 'multiline';
}
