import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noDetails } from '@painchain/connector-sdk/wording';
import { detailsOf } from './comparison.js';
import { translatePush } from './push.js';

const shaOf = (index: number) => index.toString(16).padStart(40, '0');
const commits = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    sha: shaOf(index + 1),
    commit: {
      message: `Step ${index + 1}\n\nand more`,
      author: { name: 'Ada' },
      committer: { date: '2026-11-24T09:00:00Z' },
    },
  }));
const files = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    filename: `f${index}`,
    status: 'modified',
    additions: 1,
    deletions: 2,
  }));

const activity = (after: string) => ({
  id: 1,
  ref: 'refs/heads/main',
  before: 'f'.repeat(40),
  after,
  timestamp: '2026-11-24T09:00:00Z',
  activity_type: 'push',
  actor: null,
});
const repository = {
  host: 'github.test',
  id: 7,
  fullName: 'acme/api',
  webUrl: 'https://github.test/acme/api',
};

function titleOf(after: string, comparison: unknown): string | undefined {
  const told = translatePush(activity(after), comparison, repository, {});
  return told.kind === 'events' ? told.events[0]?.title : undefined;
}

describe('a comparison', () => {
  it('lists the newest commits, the newest first, and counts all of them', () => {
    const details = detailsOf({ total_commits: 150, behind_by: 2, commits: commits(150), files: files(2) });
    expect([details.commit_count, details.commits.length, details.lost_count]).toEqual([150, 100, 2]);
    expect(details.commits[0]).toEqual({
      sha: shaOf(150),
      subject: 'Step 150',
      author: 'Ada',
      committed_at: '2026-11-24T09:00:00Z',
    });
    expect(details.files_truncated).toBe(false);
  });

  it('of more commits than GitHub lists has a title without the last one’s words', () => {
    const comparison = { total_commits: 400, commits: commits(250) };
    expect(titleOf(shaOf(400), comparison)).toBe('main moved forward by 400 commits');
    expect(titleOf(shaOf(250), { ...comparison, total_commits: 250 })).toBe(
      'main moved forward by 250 commits: Step 250',
    );
  });

  it('says when there are more files than it lists, and then no sums', () => {
    const details = detailsOf({ total_commits: 1, commits: commits(1), files: files(300) });
    expect([details.files.length, details.files_truncated]).toEqual([300, true]);
    const told = translatePush(
      activity(shaOf(1)),
      { total_commits: 1, commits: commits(1), files: files(300) },
      repository,
      {},
    );
    const data = told.kind === 'events' ? told.events[0]?.data : {};
    expect(data).toMatchObject({ files_truncated: true });
    expect(data).not.toHaveProperty('files_total');
  });

  it('says nothing where it can’t be read, and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (odd) => {
        expect(detailsOf(odd)).toEqual(noDetails);
      }),
    );
    expect(detailsOf({ total_commits: 1, commits: [{}] })).toEqual(noDetails);
  });
});
