import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type JsonValue, limits } from '@painchain/connector-sdk';
import { z } from 'zod';

const sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const Target = z.object({ object: sha, commit: sha });

const Move = z.object({
  ref: z.string(),
  before: Target.nullable(),
  after: Target.nullable(),
  forward: z.boolean(),
  rewinds: z.int(),
  log: z.object({ at: z.number(), actor: z.string(), how: z.string() }).optional(),
});

const State = z.object({ target: Target.nullable(), rewinds: z.int(), logEnd: z.int().optional() });

/**
 * What remains to be told of a look. It says everything by itself, so that a process that takes over in the
 * middle tells the same facts under the same keys, whatever has moved since.
 */
const Pending = z.object({
  at: z.string(),
  since: z.string().nullable(),
  backfill: z.boolean(),
  commits: z.object({
    tips: z.array(sha),
    since: z.number().optional(),
    atLeast: z.object({ commits: z.int(), since: z.number() }).optional(),
    limit: z.int(),
  }),
  moves: z.array(Move),
  /** Refs as they are once all is told. */
  states: z.array(z.tuple([z.string(), State])),
  /** Commits of the range when it was first listed, and items that are told. */
  listed: z.int(),
  done: z.int(),
});
export type Pending = z.infer<typeof Pending>;

/** How far a repository has been told. */
const Progress = z.object({
  /** Where its keys begin, kept from the first commit on: a remote added later must not change them. */
  identity: z.array(z.string()).min(1),
  states: z.array(z.tuple([z.string(), State])),
  pending: Pending.nullable(),
});
export type Progress = z.infer<typeof Progress>;

const Cursor = z.union([
  z.object({ v: z.literal(1), progress: Progress }),
  z.object({
    v: z.literal(1),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    identity: z.array(z.string()).min(1),
  }),
]);

/** Room for what the backend may add around it. */
const inlineBytes = limits.cursorBytes - 4 * 1024;
const keptFiles = 4;

function fileOf(dir: string, digest: string): string {
  return join(dir, `refs-${digest}.json`);
}

function writeDurably(dir: string, digest: string, text: string): void {
  mkdirSync(dir, { recursive: true });
  const temporary = join(dir, `refs-${digest}.tmp`);
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, fileOf(dir, digest));
}

function dropOldFiles(dir: string): void {
  const files = readdirSync(dir)
    .filter((name) => /^refs-[0-9a-f]{64}\.(?:json|tmp)$/.test(name))
    .map((name) => ({ path: join(dir, name), at: statSync(join(dir, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of files.slice(keptFiles)) rmSync(path, { force: true });
}

/**
 * Progress as a cursor. What is larger than a cursor may be (hundreds of refs) goes into a file that the cursor
 * names by its digest; the file is on the disk before the cursor is handed over.
 */
export function toCursor(progress: Progress, dir: string): JsonValue {
  const text = JSON.stringify(progress);
  if (Buffer.byteLength(text) <= inlineBytes) return JSON.parse(`{"v":1,"progress":${text}}`) as JsonValue;
  const digest = createHash('sha256').update(text).digest('hex');
  writeDurably(dir, digest, text);
  dropOldFiles(dir);
  return { v: 1, digest, identity: progress.identity };
}

/** A cursor without its file: the identity is known, what was seen is not. */
export interface LostProgress {
  lost: true;
  identity: string[];
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A cursor as progress: null at the very first look, `lost` when its file is gone or is another one's. */
export function fromCursor(cursor: JsonValue, dir: string): Progress | LostProgress | null {
  if (cursor === null) return null;
  const parsed = Cursor.parse(cursor);
  if ('progress' in parsed) return parsed.progress;
  const { digest, identity } = parsed;
  const text = readFile(fileOf(dir, digest));
  if (text === undefined || createHash('sha256').update(text).digest('hex') !== digest) {
    return { lost: true, identity };
  }
  return Progress.parse(JSON.parse(text));
}
