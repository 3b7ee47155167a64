import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRows, minute, shape } from '../testing.js';
import { foldRows } from './fold-rows.js';
import { factsOf } from './row-facts.js';

const folded = (rows: Parameters<typeof foldRows>[0]) => shape(foldRows(rows));

describe('a burst', () => {
  it('is a run of neighbours of one pattern, however long it goes on', () => {
    const rows = [20, 16, 12, 8].map((at) => minute(at, { title: `Pod api-${at} restarted` }));
    expect(folded(rows)).toEqual(['20 16 12 8']);
  });

  it('ends where five minutes pass, and where something else comes between', () => {
    const quiet = [minute(20), minute(15), minute(9)];
    expect(folded(quiet)).toEqual(['20 15', '9']);
    expect(folded([minute(20), minute(19, { title: 'Else' }), minute(18)])).toEqual(['20', '19', '18']);
  });

  it.each([
    ['status', { status: 'failure' }],
    ['connector', { connector: 'other' }],
    ['project', { project: 'acme/web' }],
    ['title', { title: 'Another thing' }],
  ])('has one %s', (_, other) => {
    expect(
      folded([minute(3, { status: 'success' }), minute(2, { status: 'success', ...other })]),
    ).toHaveLength(2);
  });

  it('is also one when the subjects differ and the pattern does not', () => {
    expect(
      folded([
        minute(3, { title: 'Run 3', subject: 'run/3' }),
        minute(2, { title: 'Run 2', subject: 'run/2' }),
      ]),
    ).toEqual(['3 2']);
  });
});

describe('a subject', () => {
  const run = { subject: 'run/1' };

  it('stands at its latest event, with everything that came before', () => {
    const rows = [
      minute(50, { ...run, title: 'Passed', status: 'success', connector: 'ci' }),
      minute(40, { title: 'Something else' }),
      minute(30, { ...run, title: 'Running', status: 'running', connector: 'ci' }),
      minute(10, { ...run, title: 'Queued', status: 'queued', connector: 'other' }),
    ];
    expect(folded(rows)).toEqual(['50 30 10', '40']);
  });

  it('never hides what is bad under what is not', () => {
    const rows = [
      minute(50, { ...run, status: 'success' }),
      minute(40, { ...run, status: 'failure' }),
      minute(30, { ...run, status: 'running' }),
    ];
    expect(folded(rows)).toEqual(['50 30', '40']);
  });

  it('that is bad takes in what led to it', () => {
    const rows = [minute(50, { ...run, status: 'failed' }), minute(30, { ...run, status: 'running' })];
    expect(folded(rows)).toEqual(['50 30']);
  });
});

describe('folding', () => {
  it('puts every row into exactly one unit', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const members = foldRows(rows).flat();
        expect(members).toHaveLength(rows.length);
        expect(new Set(members)).toEqual(new Set(rows));
      }),
    );
  });

  it('shows every event that is bad, or one that is as bad', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        for (const [head, ...others] of foldRows(rows)) {
          if (others.some((row) => factsOf(row).isBad)) expect(factsOf(head).isBad).toBe(true);
        }
      }),
    );
  });

  it('keeps units and their members in the order of time', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const units = foldRows(rows);
        for (const line of [units.map(([head]) => head), ...units]) {
          const times = line.map(({ timestamp }) => timestamp);
          expect(times).toEqual(times.toSorted().reverse());
        }
      }),
    );
  });

  it('moves no unit that is seen when older rows are loaded: they join it or come below', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(), (rows, cut) => {
        const heads = (count: number) => foldRows(rows.slice(0, count)).map(([head]) => head.id);
        const before = heads(rows.length === 0 ? 0 : cut % rows.length);
        expect(heads(rows.length).slice(0, before.length)).toEqual(before);
      }),
    );
  });
});
