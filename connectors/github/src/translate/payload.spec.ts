import { describe, expect, it } from 'vitest';
import { Instant, Link, Login, Sha, repositoryOf } from './payload.js';
import { firstLine, pageOf, refsOf, whenSeen, windowData } from './wording.js';

describe('what payloads are made of', () => {
  it('has instants in both of GitHub’s ways', () => {
    expect(Instant.parse('2026-11-24T10:00:00+01:00')).toBe('2026-11-24T10:00:00+01:00');
    expect(Instant.parse(1_795_514_400)).toBe('2026-11-24T10:00:00.000Z');
    for (const odd of ['yesterday', '2026-11-24', -1, 1e15, null])
      expect(Instant.safeParse(odd).success).toBe(false);
  });

  it('has accounts that are gone', () => {
    expect([{ login: 'tidy[bot]' }, null, undefined, { id: 1 }].map((user) => Login.parse(user))).toEqual([
      'tidy[bot]',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('has links that are safe to follow, or none', () => {
    expect(
      ['https://github.test/a', 'javascript:alert(1)', 'http://github.test/a', 5].map((link) =>
        Link.parse(link),
      ),
    ).toEqual(['https://github.test/a', undefined, undefined, undefined]);
  });

  it('has commits of both lengths', () => {
    expect(
      ['a'.repeat(40), 'a'.repeat(64), 'a'.repeat(41), 'A'.repeat(40)].map(
        (sha) => Sha.safeParse(sha).success,
      ),
    ).toEqual([true, true, false, false]);
  });

  it('names its repository, or none that can be used', () => {
    const repository = { id: 7, full_name: 'acme/api', html_url: 'https://github.test/acme/api/' };
    expect(repositoryOf({ repository }, 'github.test')).toEqual({
      host: 'github.test',
      id: 7,
      fullName: 'acme/api',
      webUrl: 'https://github.test/acme/api',
    });
    const endless = `https://github.test/${'/'.repeat(1_000)}x`;
    for (const odd of [{ full_name: 'acme' }, { html_url: endless }])
      expect(repositoryOf({ repository: { ...repository, ...odd } }, 'github.test')).toBeUndefined();
    for (const odd of [null, {}]) expect(repositoryOf(odd, 'github.test')).toBeUndefined();
  });
});

describe('words', () => {
  it('are the first line that says something', () => {
    expect([firstLine('\n  \n Raise it \nnow', ''), firstLine(' \n', 'nothing')]).toEqual([
      'Raise it',
      'nothing',
    ]);
  });

  it('say when, as far as it is known', () => {
    const between = { from: '2026-11-24T09:59:00Z', to: '2026-11-24T10:00:00Z' };
    expect(whenSeen('2026-11-24T09:00:00Z', {})).toEqual({
      timestamp: '2026-11-24T09:00:00Z',
      time_precision: 'exact',
    });
    expect(whenSeen('', { between })).toEqual({ timestamp: between.to, time_precision: 'gap' });
    expect([
      windowData({ between }),
      windowData({ between: { from: null, to: between.to } }),
      windowData({}),
    ]).toEqual([{ seen_between: between }, {}, {}]);
  });

  it('lead to pages only where a browser is safe, and to each thing once', () => {
    const repository = { host: 'git.test', id: 1, fullName: 'a/b', webUrl: 'http://git.test/a/b' };
    expect(pageOf(repository, 'commit/1')).toEqual({});
    expect(
      refsOf(
        'commit:1',
        undefined,
        'commit:1',
        ...Array.from({ length: 200 }, (_, index) => `commit:${index}`),
      ),
    ).toHaveLength(100);
  });
});
