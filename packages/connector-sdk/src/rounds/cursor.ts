import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type JsonValue, Timestamp, limits } from '@painchain/contract';
import { z } from 'zod';

/** What is kept of one look. */
const LookMemory = z.object({
  /** Its first look, RFC 3339: facts from before are marked as backfill. */
  started: Timestamp,
  /** Nothing from before is told. */
  beginning: Timestamp,
  /** Its last look that succeeded. */
  asked: Timestamp,
  /** Absent: it has seen nothing that it would have to remember. */
  state: z.unknown().optional(),
  /** There was a state, and no room for it. */
  forgot: z.literal(true).optional(),
});
export type LookMemory = z.infer<typeof LookMemory>;

const Cursor = z.object({
  v: z.literal(1),
  // What is looked at goes by this word in every forge's cursors.
  repository: z.object({ id: z.int().nonnegative(), fullName: z.string().min(1).max(500) }),
  started: Timestamp,
  looks: z.record(z.string(), z.unknown()),
});

/** A cursor that would be too large as it is. */
const Packed = z.object({ v: z.literal(1), packed: z.string() });

/** What is looked at, such as a repository. Its id stays while its name, the project of its events, may change. */
export interface Thing {
  id: number;
  fullName: string;
}

/** What is kept of one thing. */
export interface Memory {
  thing: Thing;
  started: string;
  /** By the names of looks. */
  looks: Map<string, LookMemory>;
}

/** Room for what the backend may add around it. */
const mostBytes = limits.cursorBytes - 4 * 1024;
const mostUnpackedBytes = 1024 * 1024;

function packed(text: string): string {
  return JSON.stringify({ v: 1, packed: deflateRawSync(text, { level: 9 }).toString('base64') });
}

function unpacked(cursor: JsonValue): unknown {
  const { data } = Packed.safeParse(cursor);
  if (!data) return cursor;
  try {
    const bytes = inflateRawSync(Buffer.from(data.packed, 'base64'), { maxOutputLength: mostUnpackedBytes });
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

/** What a cursor says; undefined before the first look. What one look can't be read of is not held against others. */
export function fromCursor(cursor: JsonValue): Memory | undefined {
  const read = Cursor.safeParse(unpacked(cursor));
  if (!read.success) return undefined;
  const { repository: thing, started, looks } = read.data;
  const memory: Memory = { thing, started, looks: new Map() };
  for (const [name, kept] of Object.entries(looks)) {
    const look = LookMemory.safeParse(kept);
    if (look.success) memory.looks.set(name, look.data);
  }
  return memory;
}

function written({ thing, started, looks }: Memory): string {
  return JSON.stringify({ v: 1, repository: thing, started, looks: Object.fromEntries(looks) });
}

function largestState(memory: Memory): [name: string, look: LookMemory] | undefined {
  const sizes = [...memory.looks].map(([name, look]) => ({
    entry: [name, look] as [string, LookMemory],
    size: look.state === undefined ? 0 : JSON.stringify(look.state).length,
  }));
  const [largest] = sizes.sort((a, b) => b.size - a.size);
  return largest === undefined || largest.size === 0 ? undefined : largest.entry;
}

function fits(text: string): boolean {
  return Buffer.byteLength(text) <= mostBytes;
}

/**
 * Memory as a cursor, packed where it is larger than a cursor may be. If it is so even then, the look that keeps most
 * begins anew at `at`: better that one kind is blind for a moment than that all of them stand still. `forgot` is told
 * which.
 */
export function toCursor(memory: Memory, at: string, forgot: (name: string) => void): JsonValue {
  for (;;) {
    const whole = written(memory);
    const text = fits(whole) || Buffer.byteLength(whole) > mostUnpackedBytes ? whole : packed(whole);
    const largest = fits(text) ? undefined : largestState(memory);
    if (!largest) return JSON.parse(text) as JsonValue;
    const [name, look] = largest;
    forgot(name);
    memory.looks.set(name, { ...look, beginning: at, state: undefined, forgot: true });
  }
}
