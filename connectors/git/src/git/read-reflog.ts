import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** One line of a reflog: a ref's move as the repository itself has noted it. */
export interface ReflogEntry {
  before: string;
  after: string;
  /** Seconds since 1970, by the clock of whoever moved it. */
  at: number;
  actor: string;
  how: string;
  /** Where the next line begins, in bytes. */
  end: number;
}

/** More than this between two looks is no history of moves any more; the ref is then compared as a whole. */
const maxBytes = 1024 * 1024;

const line = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (.*?) <([^>]*)> (\d{1,15}) [+-]\d{4}(?:\t(.*))?$/;

function parse(text: string, end: number): ReflogEntry | undefined {
  const match = line.exec(text);
  if (!match) return undefined;
  const [, before = '', after = '', actor = '', , at = '0', how = ''] = match;
  return { before, after, at: Number(at), actor, how, end };
}

interface Piece {
  bytes: Buffer;
  /** Where it begins in the file. */
  start: number;
}

/** Opens a reflog; one that is a link or a pipe is none of git's making. Undefined where it can't be read. */
function readPiece(
  commonDir: string,
  ref: string,
  choose: (size: number) => { start: number; length: number },
) {
  if (ref.split('/').some((part) => part === '' || part === '.' || part === '..')) return undefined;
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  let file: number | undefined;
  try {
    file = openSync(join(commonDir, 'logs', ref), flags);
    const stat = fstatSync(file);
    const { start, length } = choose(stat.size);
    if (!stat.isFile() || length < 0 || length > maxBytes) return undefined;
    const bytes = Buffer.alloc(length);
    return { bytes: bytes.subarray(0, readSync(file, bytes, 0, length, start)), start } satisfies Piece;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The whole lines of a piece, or undefined when one of them is no reflog entry. */
function parseLines({ bytes, start: offset }: Piece): ReflogEntry[] | undefined {
  const entries: ReflogEntry[] = [];
  let start = 0;
  for (let stop = bytes.indexOf(10); stop >= 0; stop = bytes.indexOf(10, start)) {
    const entry = parse(bytes.toString('utf8', start, stop), offset + stop + 1);
    if (!entry) return undefined;
    entries.push(entry);
    start = stop + 1;
  }
  return entries;
}

/**
 * The entries of a ref's reflog from a byte offset on, oldest first; undefined where there is none, it is
 * shorter than the offset or it can't be understood. Read as a file, because git itself can't continue where
 * an earlier reading stopped, and moves back and forth within a second look alike.
 */
export function readReflog(commonDir: string, ref: string, offset: number): ReflogEntry[] | undefined {
  const piece = readPiece(commonDir, ref, (size) => ({ start: offset, length: size - offset }));
  return piece && parseLines(piece);
}

/** The first entry of a reflog, which tells when a branch was made; undefined where it has been expired. */
export function readBirth(commonDir: string, ref: string): ReflogEntry | undefined {
  const piece = readPiece(commonDir, ref, (size) => ({ start: 0, length: Math.min(size, 4_096) }));
  const stop = piece?.bytes.indexOf(10) ?? -1;
  const entry = stop < 0 ? undefined : parse(piece?.bytes.toString('utf8', 0, stop) ?? '', stop + 1);
  return entry && /^0+$/.test(entry.before) ? entry : undefined;
}

/** Where the reflog continues behind the last entry that leads to `commit`, in bytes. */
export function endOfReflog(commonDir: string, ref: string, commit: string): number | undefined {
  const tail = 64 * 1024;
  const piece = readPiece(commonDir, ref, (size) => ({
    start: Math.max(0, size - tail),
    length: Math.min(size, tail),
  }));
  if (!piece) return undefined;
  const skip = piece.start === 0 ? 0 : piece.bytes.indexOf(10) + 1;
  const entries = parseLines({ bytes: piece.bytes.subarray(skip), start: piece.start + skip });
  return entries?.findLast(({ after }) => after === commit)?.end;
}
