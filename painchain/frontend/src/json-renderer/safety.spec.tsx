import type { JsonObject, JsonValue } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesIn, fieldDiff } from './changes.js';
import { renderLimits } from './limits.js';
import { summaryOf } from './summary.js';
import { foreignData, foreignSchema } from './testing/foreign.js';
import { hrefs, render, renderUnfolded } from './testing/render.js';

/** What is laid out: fields, items, cells and lines. */
function nodesOf(markup: string): number {
  return [...markup.matchAll(/<(?:dd|li|td)\b/g)].length;
}

function expectSafe(markup: string): void {
  for (const href of hrefs(markup)) expect(href).toMatch(/^(https?:\/\/[^/]|mailto:)/);
  expect(markup).not.toMatch(/<(script|img|iframe|object|embed|link|style)\b/i);
  expect(nodesOf(markup)).toBeLessThanOrEqual(renderLimits.nodes);
}

const wide = (keys: number, inside: (index: number) => JsonValue): JsonObject =>
  Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, inside(index)]));

// Hundreds of trees take their time on a busy machine.
describe('foreign data', { timeout: 120_000 }, () => {
  it('of any shape is laid out without an error, an unsafe link or more than it may cost', () => {
    fc.assert(
      fc.property(foreignData, (data) => {
        expectSafe(render(data));
        expectSafe(renderUnfolded(data));
      }),
      { numRuns: 50 },
    );
  });

  it('is so with any schema in place of hints', () => {
    fc.assert(
      fc.property(foreignData, foreignSchema, (data, schema) => {
        // Hints for the very keys that the data has.
        const properties = Object.fromEntries(Object.keys(data).map((key) => [key, schema]));
        expectSafe(renderUnfolded(data, { schema, onRef: () => undefined }));
        expectSafe(renderUnfolded(data, { schema: { properties } }));
        expect(summaryOf(data, schema).length).toBeLessThanOrEqual(6);
      }),
      { numRuns: 50 },
    );
  });

  it('looks the same each time', () => {
    fc.assert(
      fc.property(foreignData, foreignSchema, (data, schema) => {
        const copy = structuredClone(data);
        expect(render(data, { schema })).toBe(render(copy, { schema }));
        expect(data).toEqual(copy);
      }),
      { numRuns: 30 },
    );
  });

  it('tells its changes without an error and within bounds', () => {
    fc.assert(
      fc.property(foreignData, foreignData, foreignSchema, (before, after, schema) => {
        for (const changes of [changesIn(after, schema), fieldDiff(before, after, schema)]) {
          expect(changes.length).toBeLessThanOrEqual(renderLimits.changes);
        }
        expect(fieldDiff(before, structuredClone(before), schema)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['objects in objects', wide(200, () => wide(200, (index) => index))],
    ['tables', wide(200, () => Array.from({ length: 50 }, (_, index) => ({ a: index, b: 1, c: 2, d: 3 })))],
    [
      'lists of lists',
      wide(200, () => Array.from({ length: 50 }, () => Array.from({ length: 50 }, () => 'x'))),
    ],
    ['changes', wide(200, () => ({ old: wide(100, () => 1), new: wide(100, () => 2) }))],
  ])('of many thousand values costs no more than its budget: %s', (_, data) => {
    const count = nodesOf(renderUnfolded(data));
    expect(count).toBeGreaterThan(200);
    expect(count).toBeLessThanOrEqual(renderLimits.nodes);
  });
});

describe('caps', () => {
  it('cut a long text and offer a huge one only as a download', () => {
    const long = render({ log: 'x'.repeat(2_500) });
    expect(long).toContain('Show all 2,500 characters');
    expect(long).not.toContain('x'.repeat(2_001));
    const huge = renderUnfolded({ log: 'x'.repeat(200_001) });
    expect(huge).toContain('Download 200,001 characters');
    expect(huge).not.toContain('x'.repeat(2_001));
    const diff = `@@ -1 +1 @@\n-a\n+${'x'.repeat(200_001)}`;
    expect(renderUnfolded({ diff })).toContain('Download');
  });

  it('never cut a character in two', () => {
    expect(render({ log: `${'x'.repeat(1_999)}😀${'y'.repeat(10)}` })).toContain('x…');
  });

  it('show fifty items, two hundred fields and a hundred lines, and say how many are left', () => {
    const items = Array.from({ length: 60 }, (_, index) => index);
    expect(render({ list: items })).toContain('and 10 more items');
    expect(render({ list: items.map((a) => ({ a })) })).toContain('and 10 more rows');
    expect(render({ list: items.map((a) => [a]) })).toContain('and 10 more items');
    expect(render(wide(230, (index) => index))).toContain('and 30 more fields');
    expect(render({ a: wide(201, (index) => index) })).toContain('and 1 more field,');
    const diff = `@@ -1,150 +1 @@\n${'-gone\n'.repeat(150)}`;
    expect(render({ diff })).toContain('Show all 151 lines');
    expect(nodesOf(render({ diff }))).toBe(1 + renderLimits.diffLines);
  });

  it('show what lies deeper than six levels as JSON', () => {
    const nest = (levels: number): JsonObject => (levels === 0 ? { end: 'here' } : { a: nest(levels - 1) });
    expect(renderUnfolded(nest(7))).toContain('<pre');
    expect(renderUnfolded(nest(6))).not.toContain('<pre');
  });

  it('leave out the keys that no path may lead through', () => {
    const data = JSON.parse(
      '{"__proto__": "bad", "constructor": "bad", "prototype": "bad", "in": {"constructor": "bad"}, "t": [{"a": 1, "constructor": "bad"}, {"a": 2}]}',
    ) as JsonObject;
    expect(renderUnfolded(data)).not.toMatch(/bad/);
  });

  it('take nothing from a prototype where a row of a table lacks a column', () => {
    expect(render({ t: [{ a: 1, toString: 'own' }, { a: 2 }] })).not.toContain('native code');
  });
});

describe('foreign text', () => {
  it('keeps its direction to itself', () => {
    expect(render({ note: '\u202Eevil' })).toContain('<bdi class="break-words">\u202Eevil</bdi>');
    expect(render({ '\u202Ekey': 1 })).toContain('<bdi>\u202Ekey</bdi>');
  });

  it('loses what only a terminal understands', () => {
    const text = '\u001b[1;31mred\u001b[0m \u001b]0;title\u0007\u001b]8;;https://a.example\u001b\\link';
    expect(render({ log: text })).toContain('>red link<');
  });

  it('becomes no link by disguise', () => {
    const sneaky = ['java\u0000script:alert(1)', '\u200bjavascript:alert(1)', 'https://', 'https://{host}/a'];
    for (const url of sneaky) expect(hrefs(render({ url }))).toEqual([]);
    expect(render({ url: 'https://example.com/a' })).toContain('rel="noopener noreferrer"');
  });
});
