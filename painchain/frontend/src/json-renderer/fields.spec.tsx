import type { JsonObject, JsonValue } from '@painchain/contract';
import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Fields } from './fields.js';

function render(object: JsonObject, schema?: JsonObject): string {
  return renderToStaticMarkup(
    <Fields object={object} scope="evt_1" folds={new Map()} schema={schema} />,
  );
}

function hrefs(markup: string): string[] {
  return [...markup.matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? '');
}

const hostile = fc.constantFrom(
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'https://user@evil.example/',
  'http:///nowhere',
  '//evil.example',
  '<img src=x onerror=alert(1)>',
  '\u202Ehttps://example.com',
  'x'.repeat(2_001),
  '2026-13-45T99:99:99Z',
  '9'.repeat(400),
);
const keys = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'url',
    'status',
    'created_at',
    'sha',
    'image',
    'author',
    'ms',
    'bytes',
    'percent',
    '__proto__',
    'old',
    'new',
    'login',
  ),
);
const values = fc.letrec<{ any: JsonValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 7, depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      hostile,
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(keys, tie('any'), { maxKeys: 4 }),
  ),
})).any;
const objects = fc.dictionary(keys, values, { maxKeys: 5 });

// Rendering hundreds of trees takes its time on a busy machine.
const patienceMs = 30_000;

describe('Fields', { timeout: patienceMs }, () => {
  it('renders any JSON without throwing and never with an unsafe link', () => {
    fc.assert(
      fc.property(objects, (object) => {
        const markup = render(object);
        for (const href of hrefs(markup)) expect(href).toMatch(/^(https?:\/\/[^/]|mailto:)/);
        expect(markup).not.toMatch(/<(script|img|iframe)/i);
      }),
      { numRuns: 150 },
    );
  });

  it('survives any schema in place of hints', () => {
    fc.assert(
      fc.property(objects, objects, (object, junk) => {
        const schema = { properties: Object.fromEntries(Object.keys(object).map((key) => [key, junk])) };
        for (const href of hrefs(render(object, schema))) expect(href).toMatch(/^(https?:\/\/[^/]|mailto:)/);
      }),
      { numRuns: 60 },
    );
  });

  it('fills the link of a hint with the encoded value, and refuses one that would run', () => {
    const link = (template: string) => ({ properties: { id: { 'x-painchain': { link: template } } } });
    expect(hrefs(render({ id: 'a/b?c' }, link('https://example.com/{value}')))).toEqual([
      'https://example.com/a%2Fb%3Fc',
    ]);
    expect(hrefs(render({ id: 'alert(1)' }, link('javascript:{value}')))).toEqual([]);
    expect(hrefs(render({ id: 'javascript:alert(1)' }, link('{value}')))).toEqual([]);
  });

  it('puts fields into the order of their hints, with their titles', () => {
    const schema = { properties: { b: { title: 'Bee', 'x-painchain': { order: 1 } } } };
    const markup = render({ a: 'first', b: 'second' }, schema);
    expect(markup.indexOf('Bee')).toBeLessThan(markup.indexOf('first'));
  });

  it('cuts a long text and offers a huge one only as a download', () => {
    const long = render({ log: 'x'.repeat(2_500) });
    expect(long).toContain('Show all 2,500 characters');
    expect(long).not.toContain('x'.repeat(2_001));
    expect(render({ log: 'x'.repeat(200_001) })).toContain('Download 200,001 characters');
  });

  it('shows at most fifty items and two hundred fields, and says how many are left', () => {
    expect(render({ list: Array.from({ length: 60 }, (_, i) => i) })).toContain('and 10 more items');
    const many = Object.fromEntries(Array.from({ length: 230 }, (_, i) => [`key${i}`, i]));
    expect(render(many)).toContain('and 30 more fields');
  });

  it('opens two levels and folds what lies deeper', () => {
    const markup = render({ a: { b: { c: { d: 'buried' } } } });
    expect(markup).toContain('aria-expanded="true"');
    expect(markup).toContain('aria-expanded="false"');
    expect(markup).not.toContain('buried');
  });

  it('remembers by event and path what was unfolded', () => {
    const folds = new Map([['evt_1 data.a.b.c', true]]);
    const object = { a: { b: { c: { d: 'buried' } } } };
    const shown = (scope: string) =>
      renderToStaticMarkup(<Fields object={object} scope={scope} folds={folds} />);
    expect(shown('evt_1')).toContain('buried');
    expect(shown('evt_2')).not.toContain('buried');
  });

  it('shows the two sides of a change, field by field', () => {
    const markup = render({
      replicas: { old: 20, new: 50 },
      limits: { from: { cpu: 1, mem: 2 }, to: { cpu: 4, mem: 2 } },
    });
    expect(markup).toMatch(/was .*20.*is now .*50/);
    expect(markup).toContain('Cpu');
    expect(markup).not.toContain('Mem');
  });

  it('shows two texts of many lines as the lines in which they differ', () => {
    const markup = render({ manifest: { old: 'cpu: 1\nmemory: 1Gi\n', new: 'cpu: 2\nmemory: 1Gi\n' } });
    expect(markup).toMatch(/removed: .*cpu: 1.*added: .*cpu: 2.*memory: 1Gi/);
    const lines = (word: string) => Array.from({ length: 600 }, (_, n) => `${word} ${n}`).join('\n');
    const foreign = render({ script: { old: lines('one'), new: lines('two') } });
    expect(foreign).toMatch(/was .*one 0.*is now .*two 0/s);
  });

  it('wraps foreign text so that its direction stays inside', () => {
    expect(render({ note: '\u202Eevil' })).toContain('<bdi class="break-words">\u202Eevil</bdi>');
  });
});
