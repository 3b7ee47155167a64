import { parse } from '@painchain/query';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coloursOf, contrast, paletteSize, readable, rgbOf } from './colours.js';
import { legendOf } from './series.js';

const none = () => undefined;
const series = (...values: (string | null)[]) => values.map((value) => ({ value, count: 1 }));
const pair = /light-dark\((#\w{6}), (#\w{6})\)/;

function expectSeen(colours: string): void {
  const [, light = '', dark = ''] = pair.exec(colours) ?? [];
  expect(contrast(rgbOf(light), rgbOf('#ffffff'))).toBeGreaterThanOrEqual(3);
  expect(contrast(rgbOf(dark), rgbOf('#151c23'))).toBeGreaterThanOrEqual(3);
}

describe('colours', () => {
  it('of the palette are seen on both themes, and there are as many as are used', () => {
    const styles = readFileSync(new URL('../../styles.css', import.meta.url), 'utf8');
    const palette = [...styles.matchAll(/--series-\d: ([^;]+);/g)].map((match) => match[1] ?? '');
    expect(palette).toHaveLength(paletteSize);
    for (const colours of palette) expectSeen(colours);
    expect(styles).toMatch(/--surface: light-dark\(#ffffff, #151c23\)/);
  });

  it('of a connector are its own, and changed only where they could not be seen', () => {
    expect(readable('#9f7aea')).toBe('light-dark(#9f7aea, #9f7aea)');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        expectSeen(readable(`#${number.toString(16).padStart(6, '0')}`));
      }),
    );
  });

  it('of values differ, and stay when others come or go', () => {
    const values = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: paletteSize });
    fc.assert(
      fc.property(values, (names) => {
        expect(new Set(coloursOf(series(...names), 'project', none)).size).toBe(names.length);
      }),
    );
    const [first] = coloursOf(series('acme/api'), 'project', none);
    expect(coloursOf(series('acme/api', 'acme/web'), 'project', none)[0]).toBe(first);
  });

  it('of statuses are those of their tones, each shade once', () => {
    expect(coloursOf(series('success', 'failure', 'merged', 'odd', null), 'status', none)).toEqual([
      'var(--good)',
      'var(--bad)',
      'color-mix(in oklab, var(--good), var(--ink) 28%)',
      'var(--muted)',
      'var(--line-strong)',
    ]);
  });
});

describe('legendOf', () => {
  const name = (type: string) => ({ ci: 'Builds' })[type];

  it('keeps what is excluded in sight, once, so that it can be taken back', () => {
    const entries = legendOf(
      series('ci', 'git'),
      ['red', 'blue'],
      'connector',
      parse('-connector:git -connector:old'),
      name,
    );
    expect(entries.map(({ label, isExcluded, colour }) => [label, isExcluded, colour])).toEqual([
      ['Builds', false, 'red'],
      ['git', true, undefined],
      ['old', true, undefined],
    ]);
  });

  it('names the events without a value, and has nothing to name where bars are whole', () => {
    expect(legendOf(series(null), ['grey'], 'status', parse(''), name)[0]?.label).toBe('No status');
    expect(legendOf([], [], 'none', parse('-status:a'), name)).toEqual([]);
  });
});
