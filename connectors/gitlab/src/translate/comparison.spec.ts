import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noDetails } from '@painchain/connector-sdk/wording';
import { detailsOf, isForward } from './comparison.js';

const shaOf = (index: number) => index.toString(16).padStart(40, '0');
const commits = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: shaOf(index + 1),
    title: `Step ${index + 1}`,
    author_name: 'Ada',
    committed_date: '2026-11-24T10:00:00.000+01:00',
    parent_ids: [shaOf(index)],
  }));
const file = (more: object = {}) => ({
  old_path: 'a.txt',
  new_path: 'b.txt',
  new_file: false,
  renamed_file: false,
  deleted_file: false,
  diff: '@@ -1,2 +1,2 @@\n-one\n+two\n+three\n same\n',
  ...more,
});
const details = (forward: unknown, backward: unknown = null) => detailsOf({ forward, backward });

describe('a comparison', () => {
  it('lists the newest commits, the newest first, and counts all of them', () => {
    const read = details({ commits: commits(150), diffs: [] }, { commits: commits(2) });
    expect([read.commit_count, read.commits.length, read.lost_count]).toEqual([150, 100, 2]);
    expect(read.commits[0]).toEqual({
      sha: shaOf(150),
      subject: 'Step 150',
      author: 'Ada',
      committed_at: '2026-11-24T09:00:00.000Z',
    });
  });

  it('says what became of files, and how many lines', () => {
    const { files } = details({
      commits: commits(1),
      diffs: [
        file(),
        file({ new_file: true, diff: '--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+one\n' }),
        file({ renamed_file: true, diff: '' }),
        file({ deleted_file: true }),
      ],
    });
    expect(files).toEqual([
      { path: 'b.txt', status: 'modified', additions: 2, deletions: 1 },
      { path: 'b.txt', status: 'added', additions: 1, deletions: 0 },
      { path: 'b.txt', previous_path: 'a.txt', status: 'renamed', additions: 0, deletions: 0 },
      { path: 'b.txt', status: 'deleted', additions: 2, deletions: 1 },
    ]);
  });

  it('counts no lines where some can’t be seen, and says when there are more files than it lists', () => {
    const [one, other] = details({ commits: commits(1), diffs: [file(), file({ too_large: true })] }).files;
    expect([one, other]).toEqual([
      { path: 'b.txt', status: 'modified' },
      { path: 'b.txt', status: 'modified' },
    ]);
    const many = details({ commits: commits(1), diffs: Array.from({ length: 301 }, () => file()) });
    expect([many.files.length, many.files_truncated]).toEqual([300, true]);
  });

  it('goes forward where one of its commits was made on top of what was there', () => {
    expect(isForward({ commits: commits(3) }, shaOf(0))).toBe(true);
    expect(isForward({ commits: commits(3) }, shaOf(9))).toBe(false);
    expect(isForward({ commits: [] }, shaOf(0))).toBe(false);
    const { parent_ids: _, ...old } = commits(1)[0] ?? { parent_ids: [] };
    expect(isForward({ commits: [old] }, shaOf(0))).toBeUndefined();
  });

  it('says nothing where it can’t be read, and never throws', () => {
    const check = fc.property(fc.jsonValue(), fc.string(), (odd, from) => {
      expect(details(odd, odd)).toEqual(noDetails);
      expect(isForward(odd, from)).toBeUndefined();
    });
    fc.assert(check);
    expect(details({ commits: [{}] })).toEqual(noDetails);
  });
});
