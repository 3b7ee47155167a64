import { isUtf8 } from 'node:buffer';
import { type JsonValue, limits } from '@painchain/contract';
import type { FastifyRequest } from 'fastify';
import { type FieldFault, ProblemError } from '../problem/problem-error.js';

/** What a request brought by the HTTP protocol binding of CloudEvents, in their JSON format. Not judged yet. */
export type CloudEventsRequest = { event: unknown } | { batch: JsonValue[] };

const family = 'application/cloudevents';
const required = ['ce-specversion', 'ce-id', 'ce-source', 'ce-type'];

/** Whether the body is the data of a CloudEvent whose attributes are headers. */
export function isBinaryCloudEvent({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return !mediaTypeOf(headers).startsWith(family) && required.some((name) => headers[name] !== undefined);
}

/** Reads CloudEvents in the mode that the headers tell. Undefined when the request brings none. */
export function readCloudEvents(request: FastifyRequest): CloudEventsRequest | undefined {
  if (isBinaryCloudEvent(request)) return { event: binaryEvent(request) };
  const mediaType = mediaTypeOf(request.headers);
  if (!mediaType.startsWith(family)) return undefined;
  if (mediaType === `${family}+json`) return { event: request.body };
  if (mediaType === `${family}-batch+json`) return { batch: batchOf(request.body) };
  throw new ProblemError(
    'unsupported-media-type',
    `Send CloudEvents as ${family}+json, as ${family}-batch+json, or in the binary mode.`,
  );
}

function mediaTypeOf(headers: FastifyRequest['headers']): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function batchOf(body: unknown): JsonValue[] {
  if (!Array.isArray(body)) throw refused([{ pointer: '', detail: 'must be an array of CloudEvents' }]);
  if (body.length <= limits.batchEvents) return body as JsonValue[];
  throw refused([{ pointer: '', detail: `holds more than ${limits.batchEvents} events` }]);
}

function binaryEvent({ raw, body }: FastifyRequest): unknown {
  const attributes = headerAttributes(raw.rawHeaders);
  if (!Buffer.isBuffer(body)) return { ...attributes, ...(body !== undefined && { data: body }) };
  if (body.length > limits.eventBytes) {
    throw new ProblemError('too-large', `An event holds at most ${limits.eventBytes} bytes.`);
  }
  return { ...attributes, ...(body.length > 0 && { data_base64: body.toString('base64') }) };
}

/** Reads the headers as they came: Node joins those that came twice, as if that were one text. */
function headerAttributes(rawHeaders: readonly string[]): Record<string, string> {
  const attributes: Record<string, string> = {};
  const faults: FieldFault[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const header = rawHeaders[at]?.toLowerCase() ?? '';
    const name = header === 'content-type' ? 'datacontenttype' : /^ce-(.*)$/.exec(header)?.[1];
    if (name === undefined) continue;
    const value = decoded(rawHeaders[at + 1] ?? '');
    const detail = nameFault(name) ?? (Object.hasOwn(attributes, name) ? 'is there twice' : undefined);
    if (detail !== undefined) faults.push({ pointer: pointerTo(name), detail });
    else if (value === undefined) faults.push({ pointer: pointerTo(name), detail: 'is not UTF-8' });
    else attributes[name] = value;
  }
  if (faults.length > 0) throw refused(faults.slice(0, 50));
  return attributes;
}

// Before it becomes a key of an object, or a data header would take the place of the body.
function nameFault(name: string): string | undefined {
  return /^[a-z0-9]+$/.test(name) && name !== 'data'
    ? undefined
    : 'is not the name of an attribute: those are letters and digits, and not data';
}

const pointerTo = (name: string) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/**
 * A header's value as the binding has it: taken out of double quotes, then decoded once from percents. A percent
 * that encodes nothing stands for itself, since not every sender encodes it. Undefined when it is not UTF-8.
 */
function decoded(value: string): string | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(value)?.[1];
  const text = quoted === undefined ? value : quoted.replaceAll(/\\(.)/g, '$1');
  const bytes = Buffer.from(
    text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
  return isUtf8(bytes) ? bytes.toString() : undefined;
}

function refused(errors: FieldFault[]): ProblemError {
  return new ProblemError('invalid', 'Correct what is named in errors and send it again.', { errors });
}
