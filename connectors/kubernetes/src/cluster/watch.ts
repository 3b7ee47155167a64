import { HttpError } from '@painchain/connector-sdk';
import type { Api } from './api.js';
import type { Scope, WatchEvent } from './cluster.js';
import {
  type Asked,
  explain,
  invalidAnswer,
  isExpired,
  objectTooLarge,
  refusalOf,
  statusOf,
} from './faults.js';
import { readWatchLine } from './objects.js';
import { acceptOf, pathOf } from './paths.js';
import { readLines } from './read-lines.js';

/** etcd takes objects of 1.5 MB, which JSON makes longer. What is longer than this is no object. */
const longestLine = 8 * 1024 * 1024;
/** Behind the end of a watch, until which something would have come. */
const graceSeconds = 30;

/** Not all watches of all connectors begin anew at the same time. */
function randomSeconds(): number {
  return 240 + Math.floor(Math.random() * 121);
}

async function open(api: Api, scope: Scope, resourceVersion: string, signal: AbortSignal) {
  const seconds = randomSeconds();
  const path = pathOf(scope, {
    watch: '1',
    allowWatchBookmarks: 'true',
    resourceVersion,
    timeoutSeconds: String(seconds),
  });
  try {
    const idleMs = (seconds + graceSeconds) * 1_000;
    return await api.stream(path, { idleMs, accept: acceptOf(scope, 'watch') }, signal);
  } catch (error) {
    if (error instanceof HttpError && error.kind === 'status' && isExpired(statusOf(error))) return undefined;
    throw error;
  }
}

async function* eventsOf(
  body: AsyncIterable<Uint8Array>,
  asked: Asked,
): AsyncGenerator<WatchEvent, void, void> {
  for await (const line of readLines(body, longestLine)) {
    const event = readWatchLine(line);
    if (event === undefined) throw invalidAnswer(asked);
    if (event.type === 'ERROR') throw refusalOf(event.status, asked);
    yield event;
    if (event.type === 'EXPIRED') return;
  }
}

/** Everything that happens behind a version, until the server ends the watch. */
export async function* watch(
  api: Api,
  scope: Scope,
  asked: Asked,
  resourceVersion: string,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent, void, void> {
  try {
    const stream = await open(api, scope, resourceVersion, signal);
    if (stream) yield* eventsOf(stream.body, asked);
    else yield { type: 'EXPIRED' };
  } catch (error) {
    throw error instanceof RangeError ? objectTooLarge(asked) : explain(error, asked);
  }
}
