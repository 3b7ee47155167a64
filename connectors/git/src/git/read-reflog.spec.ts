import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scratchFolder } from '../testing/scratch-repository.js';
import { endOfReflog, readBirth, readReflog } from './read-reflog.js';

const sha = (letter: string) => letter.repeat(40);
const line = (before: string, after: string, at: number, how = 'commit: x') =>
  `${sha(before)} ${sha(after)} Ada Lovelace <ada@example.com> ${at} +0100\t${how}\n`;

let folder: ReturnType<typeof scratchFolder>;
let file: string;
beforeEach(() => {
  folder = scratchFolder();
  mkdirSync(join(folder.path, 'logs/refs/heads'), { recursive: true });
  file = join(folder.path, 'logs/refs/heads/main');
  writeFileSync(file, line('0', 'a', 1) + line('a', 'b', 2));
});
afterEach(() => folder.remove());

describe('a reflog', () => {
  it('is continued where an earlier reading stopped', () => {
    const end = endOfReflog(folder.path, 'refs/heads/main', sha('b'));
    appendFileSync(file, line('b', 'a', 3, 'reset: moving') + line('a', 'b', 3));
    expect(readReflog(folder.path, 'refs/heads/main', end ?? 0)).toMatchObject([
      { before: sha('b'), after: sha('a'), at: 3, actor: 'Ada Lovelace', how: 'reset: moving' },
      { before: sha('a'), after: sha('b') },
    ]);
    expect(readBirth(folder.path, 'refs/heads/main')).toMatchObject({ after: sha('a'), at: 1 });
  });

  it('has no birth once its beginning has expired', () => {
    writeFileSync(file, line('a', 'b', 2));
    expect(readBirth(folder.path, 'refs/heads/main')).toBeUndefined();
  });

  it('is none when it was rewritten, can not be understood or is no file of git', () => {
    const read = (offset: number, ref = 'refs/heads/main') => readReflog(folder.path, ref, offset);
    expect(read(10_000)).toBeUndefined();
    expect(read(3)).toBeUndefined();
    expect(read(0, 'refs/heads/other')).toBeUndefined();
    expect(read(0, 'refs/heads/../heads/main')).toBeUndefined();
    writeFileSync(join(folder.path, 'secret'), line('0', 'a', 1));
    symlinkSync(join(folder.path, 'secret'), join(folder.path, 'logs/refs/heads/link'));
    expect(read(0, 'refs/heads/link')).toBeUndefined();
    expect(read(0, 'refs/heads')).toBeUndefined();
  });
});
