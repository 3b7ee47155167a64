import { describe, expect, it, vi } from 'vitest';
import { Fields } from './fields.js';
import type { FieldOfEvent } from './render-context.js';
import { hrefs, render, renderUnfolded, renderWhole } from './testing/render.js';

const hinted = (key: string, extra: object, more: object = {}) => ({
  schema: { properties: { [key]: { ...more, 'x-painchain': { ...extra } } } },
});

describe('Fields', () => {
  it('tells of each field what can be asked for, at any depth', () => {
    const seen: FieldOfEvent[] = [];
    const actions = (field: FieldOfEvent) => void seen.push(field);
    render(
      { replicas: 3, labels: { 'app.example/name': 'api' }, list: ['a'], deep: [{ a: { b: 1 } }] },
      { actions },
    );
    const named = seen.map(({ path, queryField, label }) => [path, queryField, label]);
    expect(named).toEqual([
      ['data.replicas', 'data.replicas', 'Replicas'],
      ['data.list', 'data.list', 'List'],
      ['data.labels', undefined, 'Labels'],
      ['data.labels."app.example/name"', 'data.labels."app.example/name"', 'app.example/name'],
      ['data.deep', undefined, 'Deep'],
      ['data.deep.a', undefined, 'A'],
    ]);
  });

  it('names the real place of what is inside of a change', () => {
    const actions = vi.fn<(field: FieldOfEvent) => null>(() => null);
    const change = { old: { a: { x: 1 } }, new: { a: { x: 1 }, b: { y: { z: 2 } } } };
    renderUnfolded({ limits: change }, { actions });
    expect(actions.mock.calls.map(([{ path }]) => path)).toContain('data.limits.new.b.y.z');
  });

  it('leaves out what is hidden, in tables and nested objects too', () => {
    const data = {
      a: 'first',
      nested: { b: 'second', c: 'third' },
      rows: [
        { d: 'fourth', e: 5 },
        { d: 'x', e: 6 },
      ],
    };
    const hidden = new Set(['data.a', 'data.nested.b', 'data.rows.d']);
    const markup = render(data, { isHidden: (path) => hidden.has(path) });
    for (const gone of ['first', 'second', 'fourth']) expect(markup).not.toContain(gone);
    for (const kept of ['third', '>6<']) expect(markup).toContain(kept);
  });

  it('puts fields into the order of their hints, with their titles', () => {
    const schema = { properties: { b: { title: 'Bee', 'x-painchain': { order: 1 } } } };
    const markup = render({ a: 'first', b: 'second' }, { schema });
    expect(markup.indexOf('Bee')).toBeLessThan(markup.indexOf('first'));
    const rows = { list: { items: schema } };
    const table = render({ list: [{ a: 1, b: 2 }, { a: 3 }] }, { schema: { properties: rows } });
    expect(table).toMatch(/Bee.*<bdi>A</);
  });

  it('puts fields of a line before those of many, unless a hint gives them a place', () => {
    const data = { text: 'many\nlines', nested: { a: 1 }, last: 'short' };
    const markup = render(data);
    expect(markup.indexOf('short')).toBeLessThan(markup.indexOf('many'));
    expect(markup.indexOf('many')).toBeLessThan(markup.indexOf('Nested'));
    const placed = render(data, hinted('nested', { order: 5 }));
    expect(placed.indexOf('Nested')).toBeLessThan(placed.indexOf('short'));
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
    expect(render(object, { folds })).toContain('buried');
    expect(render(object, { folds, scope: 'evt_2' })).not.toContain('buried');
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

  it('shows two texts of many lines as the lines in which they differ', async () => {
    const whole = (old: string, after: string) =>
      renderWhole(<Fields object={{ text: { old, new: after } }} scope="" folds={new Map()} />);
    const markup = await whole('cpu: 1\nmemory: 1Gi\n', 'cpu: 2\nmemory: 1Gi\n');
    expect(markup).toMatch(/removed: .*cpu: 1.*added: .*cpu: 2.*memory: 1Gi/);
    const lines = (word: string) => Array.from({ length: 600 }, (_, n) => `${word} ${n}`).join('\n');
    expect(await whole(lines('one'), lines('two'))).toMatch(/was .*one 0.*is now .*two 0/s);
  });

  it('shows a diff as one, and JSON in a text when asked for', () => {
    const diff = '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-old line\n+new line\n same\n';
    expect(render({ diff })).toMatch(/a\/x.*b\/x.*removed: .*old line.*added: .*new line/s);
    const json = { body: '{"id":12345678901234567890,"list":[1]}' };
    expect(render(json)).toContain('Expand JSON');
    expect(renderUnfolded(json)).toContain('&quot;id&quot;: &quot;12345678901234567890&quot;');
  });

  it('keeps every digit of a long id, and says of a number that it may have lost some', () => {
    expect(render({ id: '12345678901234567890' })).toContain('12345678901234567890');
    expect(render({ id: 2 ** 60 })).toContain('≈ 1152921504606847000');
  });
});

describe('hints', () => {
  it('fill a link with the encoded value and the fields beside it, and refuse one that would run', () => {
    const links = (id: string, link: string) =>
      hrefs(render({ id, repo: 'a/b', '': 'x' }, hinted('id', { link })));
    expect(links('a/b?c', 'https://example.com/{value}')).toEqual(['https://example.com/a%2Fb%3Fc']);
    expect(links('7', 'https://example.com/{repo}/{value}')).toEqual(['https://example.com/a%2Fb/7']);
    expect(links('alert(1)', 'javascript:{value}')).toEqual([]);
    expect(links('javascript:alert(1)', '{value}')).toEqual([]);
    expect(links('7', 'https://example.com/{nothing}/{value}')).toEqual([]);
    expect(links('7', 'https://example.com/{toString}/{value}')).toEqual([]);
    expect(links('..', 'https://example.com/a/{value}')).toEqual([]);
  });

  it('never put a button or a link into a link', () => {
    const sha = 'a'.repeat(40);
    const link = 'https://example.com/{value}';
    for (const value of [sha, 'https://example.com/a', 'ada@example.com', 'x'.repeat(3_000)]) {
      const markup = render({ id: value }, hinted('id', { link }));
      expect(markup).not.toMatch(/<a [^>]*>(?:(?!<\/a>).)*<(?:a|button)/s);
    }
    expect(hrefs(render({ id: sha }, hinted('id', { link })))).toEqual([`https://example.com/${sha}`]);
  });

  it('give a value its tone, by its word or whatever it is', () => {
    expect(render({ mode: 'wild' }, hinted('mode', { tone: { wild: 'bad', tame: 'pink' } }))).toContain(
      'text-bad',
    );
    expect(render({ mode: 'failed' }, hinted('mode', { tone: 'good' }))).toContain('text-good');
    expect(render({ ok: false }, hinted('ok', { tone: { false: 'bad' } }))).toContain('text-bad');
    expect(render({ mode: 'failed' }, hinted('mode', { tone: { wild: 'pink' } }))).not.toContain('text-');
  });

  it('tie a value to its reference, which is a button where that can be looked for', () => {
    const ref = hinted('parent', { ref: 'commit', role: 'sha' });
    expect(render({ parent: 'deadbeef' }, ref)).toContain('<span class="tag">');
    const asked = render({ parent: 'deadbeef' }, { ...ref, onRef: () => undefined });
    expect(asked).toContain('aria-label="Show every event of commit deadbeef"');
    expect(render({ parent: '0'.repeat(40) }, ref)).not.toContain('class="tag"');
  });

  it('fold what they call collapsed, name a language and a unit', () => {
    const text = { script: 'first\nsecond' };
    const folded = render(text, hinted('script', { collapsed: true }));
    expect(folded).toContain('2 lines');
    expect(folded).not.toContain('first');
    expect(render(text, hinted('script', { language: 'shell' }))).toMatch(/shell.*<pre/);
    expect(render({ pods: 5 }, hinted('pods', { unit: 'replicas' }))).toContain('5 replicas');
    expect(render({ wait: 5_400 }, hinted('wait', { role: 'duration' }))).toContain('1 h 30 m');
  });

  it('explain a field by its description', () => {
    expect(render({ a: 1 }, hinted('a', {}, { description: 'The first one.' }))).toContain(
      'title="The first one."',
    );
  });
});
