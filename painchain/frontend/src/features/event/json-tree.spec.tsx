import type { JsonValue } from '@painchain/contract';
import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LaidOut } from '../../json-renderer/laid-out.js';
import { JsonTree } from './json-tree.js';

function render(value: JsonValue, folds = new Map<string, boolean>()): string {
  return renderToStaticMarkup(
    <LaidOut values={value} scope="evt_1 raw" folds={folds}>
      <JsonTree value={value} />
    </LaidOut>,
  );
}

describe('JSON as a tree', () => {
  it('shows values as JSON writes them', () => {
    const markup = render({ a: 'x"y', n: 1.5, t: true, nothing: null, empty: {} });
    expect(markup.replaceAll(/<[^>]*>/g, '').replaceAll('&quot;', '"')).toBe(
      '{"a": "x\\"y""n": 1.5"t": true"nothing": null"empty": {}}',
    );
  });

  it('opens what is near, and remembers by path what was opened', () => {
    const value = { data: { a: { b: { c: 'buried' } } } };
    expect(render(value)).not.toContain('buried');
    expect(render(value, new Map([['evt_1 raw data.data.a.b', true]]))).toContain('buried');
    expect(render(value, new Map([['evt_1 raw data.data', false]]))).toContain('1 key');
  });

  it('keeps long lists folded, wide ones cut and long texts short', () => {
    const items = Array.from({ length: 60 }, (_, n) => n);
    expect(render({ items })).toContain('60 items');
    const wide = Object.fromEntries(Array.from({ length: 230 }, (_, n) => [`key${n}`, n]));
    expect(render(wide, new Map([['evt_1 raw data', true]]))).toContain('>30 more<');
    expect(render('x'.repeat(3_000))).toContain('Show all 3,002 characters');
    expect(render('x'.repeat(300_000)).length).toBeLessThan(5_000);
  });

  it('survives any JSON, and all of it stays text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(render(value as JsonValue)).not.toMatch(/<(script|img|a)\b/);
      }),
      { numRuns: 60 },
    );
    expect(render({ '<img src=x>': '<script>' })).not.toMatch(/<(script|img)/);
  });
});
