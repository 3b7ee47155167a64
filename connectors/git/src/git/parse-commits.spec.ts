import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nulTokens } from './nul-tokens.js';
import { parseChanges, parseCommits } from './parse-commits.js';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const sha = (letter: string) => letter.repeat(40);
const header = (letter: string, message: string) =>
  [
    '\u0001' + sha(letter),
    `${sha('d')} ${sha('e')}`,
    'Ada',
    'ada@x',
    '1',
    'Cora',
    'cora@x',
    '2',
    message,
    '',
    '',
  ].join('\0');

const mode = ':100644 100644 0 0';

describe('the output of diff-tree', () => {
  it.each([1, 7, 100_000])('is read commit by commit, in pieces of %i bytes', async (size) => {
    const raw = [
      header('a', 'One\n\nBody\u0001 with marks\n'),
      `\n${mode} M\0odd\nname\0${mode} R090\0old\0:new\0${mode} A\0bin\0`,
      '3\t1\todd\nname\0',
      '5\t0\t\0old\0:new\0',
      '-\t-\tbin\0',
      header('b', ''),
      header('c', 'Three'),
      `\n${mode} D\0\u202egone\0`,
      '0\t9\t\u202egone\0',
    ].join('');
    const commits = await collect(parseCommits(nulTokens(inPieces(Buffer.from(raw), size))));
    expect(commits.map((commit) => [commit.sha[0], commit.message])).toEqual([
      ['a', 'One\n\nBody\u0001 with marks'],
      ['b', ''],
      ['c', 'Three'],
    ]);
    expect(commits[0]?.changes).toEqual({
      files: [
        { path: 'odd\nname', status: 'modified', additions: 3, deletions: 1 },
        { path: ':new', previous_path: 'old', status: 'renamed', additions: 5, deletions: 0 },
        { path: 'bin', status: 'added' },
      ],
      files_total: 3,
      additions: 8,
      deletions: 1,
    });
    expect(commits[1]?.changes?.files_total).toBe(0);
    expect(commits[2]).toMatchObject({ parents: [sha('d'), sha('e')], authoredAt: 1, committedAt: 2 });
    expect(commits[2]?.changes?.files[0]).toMatchObject({
      path: '\u202egone',
      status: 'deleted',
      deletions: 9,
    });
  });

  it('lists the first files of a huge difference and counts them all', async () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `file-${index}`);
    const raw =
      names.map((name) => `${mode} M\0${name}\0`).join('') + names.map((name) => `2\t1\t${name}\0`).join('');
    const changes = await parseChanges(nulTokens(inPieces(Buffer.from(raw), 4_096)));
    expect(changes).toMatchObject({ files_total: 5_000, additions: 10_000, deletions: 5_000 });
    expect(changes.files).toHaveLength(300);
    expect(changes.files[299]).toEqual({ path: 'file-299', status: 'modified', additions: 2, deletions: 1 });
  });

  it('becomes text whatever bytes it is made of, and a message without end is cut', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0xfe, 0x41, 0]),
      Buffer.alloc(1_000_000, 'x'),
      Buffer.from([0]),
    ]);
    const tokens = await collect(nulTokens(inPieces(bytes, 1_000)));
    expect(tokens[0]).toBe('\ufffd\ufffdA');
    expect(tokens[1]).toHaveLength(64 * 1024);
  });

  it('is read to its end without a throw, however broken it is', async () => {
    const piece = fc.constantFrom(
      '\0',
      '\u0001',
      ':',
      '\t',
      '\n',
      'a',
      '1\t2\tx',
      `${mode} R1`,
      header('a', 'x'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const raw = Buffer.from(pieces.join(''));
        expect(await collect(parseCommits(nulTokens(inPieces(raw, 5))))).toBeInstanceOf(Array);
      }),
    );
  });
});
