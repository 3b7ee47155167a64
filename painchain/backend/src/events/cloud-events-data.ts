import type { CloudEvent, JsonObject, JsonValue } from '@painchain/contract';
import { decodeStrictJson } from '../strict-json/decode.js';
import { UnreadableJsonError } from '../strict-json/scan.js';
import { storageFault } from '../strict-json/storage-fault.js';

/** What a CloudEvent carries, under the names of its JSON format. */
type Payload = { data: JsonValue } | { data_base64: string };

/**
 * A content type in one spelling: JSON and UTF-8 are what is meant where nothing is said. Undefined for plain JSON,
 * which another mode of the same event need not name.
 */
export function plainContentType(given: string): string | undefined {
  const [media = '', ...parameters] = given.split(';').map((part) => part.trim());
  const told = parameters.filter((parameter) => parameter !== '' && !/^charset="?utf-?8"?$/i.test(parameter));
  const plain = [media.toLowerCase(), ...told].join('; ');
  return plain === 'application/json' ? undefined : plain;
}

/**
 * The `data` of an event of ours: the members of the sender's object as they are, and beside them `cloudevent` with
 * the attributes. What is no object, or would be mixed up with them, stands whole inside `cloudevent` under `data`
 * (or `data_base64`), names that no attribute may have. So the CloudEvent can always be told from what is stored.
 */
export function dataOf(event: CloudEvent, attributes: Record<string, string>): JsonObject {
  const payload = payloadOf(event, attributes['datacontenttype']);
  if (payload && 'data' in payload && standsBeside(payload.data)) {
    return { ...payload.data, cloudevent: attributes };
  }
  return { cloudevent: { ...attributes, ...payload } };
}

function standsBeside(data: JsonValue): data is JsonObject {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
  return Object.keys(data).length > 0 && !Object.hasOwn(data, 'cloudevent');
}

/**
 * The same whatever the mode: bytes that a sender's other mode would write as JSON or text become JSON or text. An
 * empty body is no data, since HTTP can't tell the two apart.
 */
function payloadOf({ data, data_base64 }: CloudEvent, contentType: string | undefined): Payload | undefined {
  const isJson = contentType === undefined || /^[^;]+[/+]json(?:;|$)/.test(contentType);
  if (typeof data_base64 === 'string') {
    return data_base64 === '' ? undefined : fromBytes(data_base64, isJson, contentType);
  }
  return data === undefined || (data === '' && !isJson) ? undefined : { data };
}

function fromBytes(data_base64: string, isJson: boolean, contentType = ''): Payload {
  const bytes = Buffer.from(data_base64, 'base64');
  const data = (isJson ? jsonOf(bytes) : undefined) ?? textOf(bytes, contentType);
  return data === undefined ? { data_base64 } : { data };
}

function jsonOf(bytes: Buffer): JsonValue | undefined {
  try {
    const value = decodeStrictJson(bytes);
    return storageFault(value) ? undefined : (value as JsonValue);
  } catch (error) {
    if (!(error instanceof UnreadableJsonError)) throw error;
    return undefined;
  }
}

function textOf(bytes: Buffer, contentType: string): string | undefined {
  const charset = /;\s*charset="?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  // Which of its two orders the bytes have, its name does not tell.
  if (/^utf-?16$/i.test(charset)) return undefined;
  try {
    const text = new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
