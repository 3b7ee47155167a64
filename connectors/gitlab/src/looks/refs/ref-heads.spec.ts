import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HeadsState, RefHeads } from './ref-heads.js';

const at = '2026-11-24T10:00:00.000Z';
const later = '2026-11-24T10:05:00.000Z';
const patienceMs = 60_000;
const mostCharacters = 12_000;
const sha = (text: string) => createHash('sha1').update(text).digest('hex');

const many = (count: number) =>
  new Map(Array.from({ length: count }, (_, n) => [`${n}-fix-something`, [sha(`first ${n}`)]] as const));

/** As the next round finds it. */
function kept(heads: RefHeads): RefHeads {
  return new RefHeads(HeadsState.parse(JSON.parse(JSON.stringify(heads.state))), mostCharacters);
}

function begun(listed: ReadonlyMap<string, readonly string[]>): RefHeads {
  const heads = new RefHeads(undefined, mostCharacters);
  heads.prefer(['7-fix-something']);
  heads.begin(listed);
  return kept(heads);
}

/** What a list tells that no entry explains. */
function told(heads: RefHeads, listed: ReadonlyMap<string, readonly string[]>): string[] {
  heads.compare(listed, null, at);
  return heads.unexplained(null, later, patienceMs).map(([name]) => name);
}

describe('where refs stand', () => {
  it('is remembered of as many as there is room for: what matters most, and the last by their names', () => {
    const listed = many(5_000);
    const heads = begun(listed);
    expect(heads.state.limited).toBe(true);
    expect(JSON.stringify(heads.state).length).toBeLessThan(12_100);
    expect(
      ['7-fix-something', '0-fix-something', '4999-fix-something'].map((name) => heads.headOf(name)),
    ).toEqual([sha('first 7').slice(0, 12), undefined, sha('first 4999').slice(0, 12)]);
    expect(told(heads, listed)).toEqual([]);
  });

  it('is news only where it was remembered', () => {
    const listed = new Map([
      ...many(5_000),
      ['0-fix-something', [sha('moved')]],
      ['4999-fix-something', [sha('moved')]],
      ['0-brand-new', [sha('new')]],
      ['main', [sha('new')]],
      ['7-fix-something', [sha('moved')]],
    ]);
    listed.delete('1-fix-something');
    listed.delete('4998-fix-something');
    expect(told(begun(many(5_000)), listed).sort()).toEqual([
      '4998-fix-something',
      '4999-fix-something',
      '7-fix-something',
    ]);
  });

  it('isn’t news when there is room for it again', () => {
    const heads = begun(many(5_000));
    for (const [name, [head = '']] of many(5_000)) {
      if (!name.startsWith('11')) heads.takes([name, head, '0'.repeat(40)], at, false);
    }
    const fewer = new Map([...many(5_000)].filter(([name]) => name.startsWith('11')));
    const next = kept(heads);
    expect(next.state.limited).toBe(true);
    expect(told(next, fewer)).toEqual([]);
    expect(kept(next).state.limited).toBeUndefined();
    expect(told(kept(next), fewer)).toEqual([]);
  });

  it('is told at once where more is unclear than is kept', () => {
    const heads = begun(new Map());
    heads.compare(many(150), null, at);
    expect(heads.unexplained(null, at, patienceMs)).toHaveLength(150);
    expect(HeadsState.safeParse(heads.state).success).toBe(true);
  });
});
