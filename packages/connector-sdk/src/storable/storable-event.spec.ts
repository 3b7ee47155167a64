import { NewEvent, Timestamp, limits } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceEvent } from '../connector.js';
import { storableEvent } from './storable-event.js';

const delivered = { connector: 'git', now: '2026-11-24T07:00:00Z' };

const plain: SourceEvent = {
  key_parts: ['host', 'push', '1'],
  title: 'Pushed',
  project: 'acme/api',
  timestamp: '2026-11-24T06:00:00Z',
  data: { a: 1 },
};

const make = (changes: object) => storableEvent({ ...plain, ...changes }, delivered);

const foreignText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\0', '\ud800', '\udfff', '"', '\\', ' ', 'é', '😀', '\u0001') }),
  fc.string({ maxLength: 5 }).chain((seed) => fc.integer({ min: 0, max: 3_000 }).map((n) => seed.repeat(n))),
);

const foreign = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    foreignText,
    fc.double(),
    fc.bigInt(),
    fc.constantFrom(null, undefined, true, Number.NaN, 1e308, 2 ** 53, new Date(Number.NaN), new Date(0)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.oneof(foreignText, fc.constantFrom('__proto__', 'constructor', 'prototype')),
      tie('value'),
      {
        maxKeys: 5,
      },
    ),
  ),
})).value;

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

function expectStorable(event: NewEvent) {
  const wire = JSON.stringify(event);
  expect(NewEvent.safeParse(JSON.parse(wire)).error).toBeUndefined();
  expect(Buffer.byteLength(wire)).toBeLessThanOrEqual(limits.eventBytes);
  expect(wire).not.toMatch(/\\u0000|\\ud[89a-f]|"__proto__":/);
  expect(depthOf(event) + 2).toBeLessThanOrEqual(limits.jsonDepth);
}

describe('storableEvent', () => {
  it('makes an event that the contract accepts of any foreign content', () => {
    const field = fc.oneof(foreign, fc.array(foreignText, { maxLength: 120 }));
    fc.assert(
      fc.property(
        fc.record(
          {
            title: field,
            project: field,
            timestamp: field,
            data: field,
            key_parts: field,
            type: field,
            status: field,
            actor: field,
            url: field,
            environment: field,
            severity: field,
            subject: field,
            refs: field,
            tags: field,
            time_precision: field,
            backfill: field,
          },
          { requiredKeys: [] },
        ),
        (event) => expectStorable(storableEvent(event as unknown as SourceEvent, delivered)),
      ),
      { numRuns: 300 },
    );
  });

  it('always gives the same event for the same content', () => {
    fc.assert(
      fc.property(foreign, (data) => {
        expect(make({ data })).toEqual(make({ data }));
      }),
      { numRuns: 50 },
    );
  });

  it('leaves ordinary content exactly as it came', () => {
    const event = {
      ...plain,
      type: 'push',
      actor: 'Zoë 👩‍👩‍👧 ‮abc',
      url: 'https://example.org/a?b=c#d',
      refs: ['commit:abc'],
      tags: [' x '],
      data: {
        n: 9_007_199_254_740_991,
        f: 0.1,
        deep: { list: [1, null, false, 'text\n'] },
        constructor: 'a',
      },
    };
    const { key_parts: _, ...rest } = event;
    expect(make(event)).toEqual({
      ...rest,
      key: 'host:push:1',
      connector: 'git',
      sent_at: delivered.now,
    });
  });

  it('replaces NUL and lone surrogates, in values and in keys', () => {
    expect(make({ title: 'a\0b\ud800', data: { 'k\0': 'v\udfff', 'k\ufffd': 2 } })).toMatchObject({
      title: 'a\ufffdb\ufffd',
      data: { 'k\ufffd': 'v\ufffd', 'k\ufffd_': 2 },
    });
  });

  it('keeps numbers that JavaScript can not hold as texts', () => {
    const data = { big: 1e21, infinite: Infinity, not: Number.NaN, id: 12345678901234567890n, fine: -0.5 };
    expect(make({ data }).data).toEqual({
      big: '1e+21',
      infinite: 'Infinity',
      not: 'NaN',
      id: '12345678901234567890',
      fine: -0.5,
    });
  });

  it('renames keys that lead to a prototype', () => {
    const data = JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}}}') as object;
    expect(JSON.stringify(make({ data }).data)).toBe(
      '{"__proto___":{"x":1},"constructor_":{"prototype":{"y":1}}}',
    );
  });

  it('cuts a commit message of ten megabytes and says by how much', () => {
    const event = make({ title: 'm'.repeat(10_000_000), data: { message: 'é'.repeat(10_000_000) } });
    expectStorable(event);
    expect(event.title).toBe(`${'m'.repeat(limits.title - 1)}…`);
    expect(event.data.message).toMatch(/é… \[\d+ more characters cut\]$/);
  });

  it('cuts what is too deep, too wide or without an end', () => {
    const endless: Record<string, unknown> = { name: 'endless' };
    for (let n = 0; n < 50; n += 1) endless[`again${n}`] = endless;
    const deep = JSON.parse('{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000)) as object;
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`key${n}`, n]));
    for (const data of [endless, deep, wide, { list: Array.from({ length: 100_000 }, () => 0) }]) {
      const event = make({ data });
      expectStorable(event);
      expect(JSON.stringify(event.data)).toContain('cut]');
    }
  });

  it('keeps a full set of odd fields within the size of an event', () => {
    const odd = '\u0001'.repeat(5_000);
    const event = make({
      title: odd,
      project: odd,
      actor: odd,
      subject: odd,
      type: odd,
      status: odd,
      key_parts: [odd],
      refs: Array.from({ length: 200 }, (_, n) => `${'\u0001'.repeat(290)}${n}`),
      tags: Array.from({ length: 200 }, (_, n) => `${n}${odd}`),
      data: { odd: odd.repeat(100) },
    });
    expectStorable(event);
    expect(event.refs).toHaveLength(limits.refs);
  });

  it('replaces blank titles and projects, and drops other blank fields', () => {
    const event = make({ title: ' \n', project: '', type: 'push', actor: '  ', refs: [' ', ''], tags: [] });
    expect(event).toMatchObject({ title: 'push', project: '(unknown)' });
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['actor']));
    expect(event.refs).toBeUndefined();
  });

  it('carries the labels of its source beside its own, each once', () => {
    const of = (tags: string[] | undefined) =>
      storableEvent({ ...plain, ...(tags && { tags }) }, { ...delivered, tags: ['critical', 'backend'] });
    expect(of(undefined).tags).toEqual(['critical', 'backend']);
    expect(of(['hotfix', 'backend']).tags).toEqual(['hotfix', 'backend', 'critical']);
  });

  it('drops links that could run in a browser, and refs too long to be true', () => {
    const event = make({ url: 'javascript:alert(1)', refs: ['commit:abc', 'x'.repeat(301)] });
    expect(event.url).toBeUndefined();
    expect(event.refs).toEqual(['commit:abc']);
  });

  it('replaces a time that is none by now, says so and keeps what was given', () => {
    const event = make({ timestamp: '2026-02-30T00:00:00Z', time_precision: 'exact' });
    expect(Timestamp.safeParse(event.timestamp).success).toBe(true);
    expect(event).toMatchObject({
      timestamp: delivered.now,
      time_precision: 'gap',
      data: { a: 1, timestamp_as_given: '2026-02-30T00:00:00Z' },
    });
  });

  it('lets no token leave by an event', () => {
    const token = `ghp_${'a'.repeat(36)}`;
    const event = make({ title: `leaked ${token}`, data: { [token]: `https://me:${token}@host/` } });
    expect(JSON.stringify(event)).not.toContain(token);
    expect(bytes(event)).toBeGreaterThan(0);
  });
});
