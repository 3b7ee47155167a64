import { SourceError } from '../source-error.js';
import type { Thing } from './cursor.js';

/** Which thing stands behind a name right now. */
export interface Identity extends Thing {
  /** Where a browser finds it, without a slash at its end. */
  webUrl: string;
  /** Nothing can happen in it any more. */
  archived: boolean;
  /** Words under `events:` that it has switched off, as far as it says so: then a refusal is no fault. */
  lacks?: readonly string[];
}

/** How a vendor knows its things. */
export interface Directory {
  /** Its name as people write it. */
  vendor: string;
  /** What it calls a thing: `repository`. Codes of faults begin with it. */
  noun: string;
  /**
   * Where a thing is to be asked for, one address after the other. `known` is what the cursor says of it, `id` which one
   * it must be, where only one will do.
   */
  addresses(name: string, known: Thing | undefined, id: number | undefined): string[];
  /** What it says of a thing; undefined when that can't be read. */
  read(json: unknown): Identity | undefined;
  /** What helps. */
  remedies: { missing: string; notPermitted: string; unreadable: string };
}

/** A server that lags behind finds it by then. */
const patienceMs = 20_000;

/** It isn't there, and that has not just begun. */
export function missing({ vendor, noun, remedies }: Directory, name: string, cause: unknown): SourceError {
  return new SourceError({
    code: `${noun}-missing`,
    detail: `${vendor} knows no ${noun} ${name}, or hides it from this credential.`,
    remedy: remedies.missing,
    kind: 'configuration',
    cause,
  });
}

export function notFound({ vendor, noun }: Directory, name: string, cause: unknown): SourceError {
  return new SourceError({
    code: `${noun}-not-found`,
    detail: `${vendor} does not find the ${noun} ${name} right now.`,
    remedy: 'Nothing to do: it is asked for again in a moment.',
    kind: 'upstream',
    retryAfterMs: patienceMs,
    cause,
  });
}

export function notPermitted({ noun, remedies }: Directory, name: string, cause: unknown): SourceError {
  return new SourceError({
    code: `${noun}-not-permitted`,
    detail: `The credential may not read ${name}.`,
    remedy: remedies.notPermitted,
    kind: 'configuration',
    cause,
  });
}

export function unreadable({ vendor, noun, remedies }: Directory): SourceError {
  return new SourceError({
    code: 'answer-unreadable',
    detail: `${vendor} describes the ${noun} in a way that can’t be read.`,
    remedy: remedies.unreadable,
    kind: 'upstream',
  });
}

export function replaced({ noun }: Directory, fullName: string): SourceError {
  return new SourceError({
    code: `${noun}-replaced`,
    detail: `Another ${noun} is called ${fullName} now.`,
    remedy: 'Nothing to do: it is looked at from the beginning at once.',
    kind: 'upstream',
  });
}
