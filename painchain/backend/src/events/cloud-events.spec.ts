import { limits } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { isBinaryCloudEvent, readCloudEvents } from './cloud-events-http.js';
import { judgeCloudEvent } from './cloud-events.js';

const cloudEvent = {
  specversion: '1.0',
  id: '1',
  source: '/ci',
  type: 'build.finished',
  time: '2026-01-31T10:35:00Z',
};
const bounds = { now: new Date('2026-02-01T00:00:00Z'), oldest: undefined, newest: new Date('2026-02-02') };

function verdictOf(more: object) {
  return judgeCloudEvent({ ...cloudEvent, ...more }, 1, bounds);
}

function stored(more: object = {}): Record<string, unknown> & { data: Record<string, unknown> } {
  const verdict = verdictOf(more);
  if ('refused' in verdict) throw new Error(verdict.refused.detail);
  return JSON.parse(verdict.accepted.json) as ReturnType<typeof stored>;
}

const sha256 = /^sha256:[0-9a-f]{64}$/;

describe('a CloudEvent', () => {
  it('becomes an event of ours', () => {
    expect(stored({ subject: 'run/42', data: { n: 1 } })).toMatchObject({
      key: '/ci 1',
      title: 'run/42',
      connector: 'cloudevents',
      project: '/ci',
      timestamp: '2026-01-31T10:35:00Z',
      type: 'build.finished',
      subject: '/ci run/42',
      data: {
        n: 1,
        cloudevent: { id: '1', source: '/ci', type: 'build.finished', subject: 'run/42' },
      },
    });
  });

  it('has its type for a title and no subject when it has none', () => {
    expect(stored()).toMatchObject({ title: 'build.finished' });
    expect(stored()).not.toHaveProperty('subject');
  });

  it('shares no subject with another source, whatever its data calls by that name', () => {
    expect(stored({ data: { subject: 'main' } })).toMatchObject({
      title: 'build.finished',
      subject: '/ci main',
    });
    expect(stored({ subject: 'run/42', data: { subject: 'main' } })).toMatchObject({ subject: '/ci run/42' });
  });

  it('fills fields from its extensions, before its data, and keeps all of them', () => {
    const event = stored({
      connector: 'jenkins',
      project: 'acme/api',
      status: 'FAILED',
      user: 'ada',
      url: 'https://ci.example/1',
      environment: 'prod',
      severity: 'high',
      traceparent: '00-x',
      sampledrate: 5,
      sampled: true,
      unset: null,
      data: { status: 'ok', env: 'test' },
    });
    expect(event).toMatchObject({
      connector: 'jenkins',
      project: 'acme/api',
      status: 'failed',
      actor: 'ada',
      url: 'https://ci.example/1',
      environment: 'prod',
      severity: 'high',
    });
    expect(event.data['cloudevent']).toMatchObject({
      traceparent: '00-x',
      sampledrate: '5',
      sampled: 'true',
    });
    expect(event.data['cloudevent']).not.toHaveProperty('unset');
  });

  it('is taken when an extension of its own sense does not fit our field of that name', () => {
    const event = stored({ url: '/relative', severity: 'x'.repeat(33) });
    expect(event).not.toHaveProperty('url');
    expect(event).not.toHaveProperty('severity');
    expect(event.data['cloudevent']).toMatchObject({ url: '/relative' });
  });

  it.each([
    ['nothing', {}, {}],
    ['null', { data: null }, { data: null }],
    ['a number', { data: 5 }, { data: 5 }],
    ['an array', { data: [1] }, { data: [1] }],
    ['an empty object', { data: {} }, { data: {} }],
    ['an object with our key', { data: { cloudevent: 1 } }, { data: { cloudevent: 1 } }],
    ['text', { data: '<a/>', datacontenttype: 'text/xml' }, { data: '<a/>', datacontenttype: 'text/xml' }],
    ['JSON in base64', { data_base64: btoa('{"a":1}') }, { a: 1 }],
    ['JSON by its suffix', { data_base64: btoa('[1]'), datacontenttype: 'a/b+JSON' }, { data: [1] }],
    ['what only claims to be JSON', { data_base64: btoa('{') }, { data: '{' }],
    ['text in base64', { data_base64: btoa('hi'), datacontenttype: 'image/x' }, { data: 'hi' }],
    ['bytes', { data_base64: '//8A', datacontenttype: 'image/x' }, { data_base64: '//8A' }],
    ['a NUL', { data_base64: btoa('\0'), datacontenttype: 'text/plain' }, { data_base64: 'AA==' }],
    ['latin-1', { data_base64: '6Q==', datacontenttype: 'text/plain; charset=ISO-8859-1' }, { data: 'é' }],
    [
      'an unknown charset',
      { data_base64: '6Q==', datacontenttype: 'a/b;charset=x' },
      { data_base64: '6Q==' },
    ],
    ['an empty text', { data: '', datacontenttype: 'text/plain' }, {}],
  ])('keeps %s as data, apart from its attributes', (_what, given, kept) => {
    const { cloudevent, ...members } = stored(given).data as { cloudevent: Record<string, unknown> };
    const { id: _id, source: _source, type: _type, datacontenttype: _media, ...payload } = cloudevent;
    const { datacontenttype: _expected, ...expected } = kept as Record<string, unknown>;
    expect({ ...members, ...payload }).toEqual(expected);
    expect('data' in expected || 'data_base64' in expected).toBe(
      'data' in payload || 'data_base64' in payload,
    );
  });

  it.each([
    ['application/json; charset=utf-8', undefined],
    ['Application/JSON', undefined],
    ['text/plain;charset="UTF-8"; format=flowed', 'text/plain; format=flowed'],
  ])('has one spelling of %s', (given, kept) => {
    const { cloudevent } = stored({ datacontenttype: given }).data as { cloudevent: object };
    expect((cloudevent as { datacontenttype?: string }).datacontenttype).toBe(kept);
  });

  it('has a key that no other source and id have', () => {
    const keys = [
      ['a b', 'c'],
      ['a', 'b c'],
      ['a', 'b c'.padEnd(limits.key, 'x')],
      ['a', 'b c'.padEnd(limits.key, 'x').concat('y')],
      ['a'.padEnd(limits.key, 'x'), 'c'],
    ].map(([source, id]) => stored({ source, id })['key']);
    expect(keys).toEqual([
      expect.stringMatching(sha256),
      'a b c',
      expect.stringMatching(sha256),
      expect.stringMatching(sha256),
      expect.stringMatching(sha256),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is cut where it is too long, and stays apart from what begins alike', () => {
    const long = '😀'.repeat(1_000);
    const event = stored({ source: `/${long}`, type: long, subject: long });
    const other = stored({ source: `/${long}!`, type: `${long}!`, subject: `${long}!` });
    for (const field of ['project', 'type', 'subject', 'title', 'key'] as const) {
      expect(String(event[field]).length).toBeLessThanOrEqual(limits[field]);
      expect(event[field]).not.toBe(other[field]);
    }
    expect(event.data['cloudevent']).toMatchObject({ source: `/${long}`, type: long, subject: long });
  });

  it('without a time has happened when it came', () => {
    expect(stored({ time: undefined })).toMatchObject({
      timestamp: '2026-02-01T00:00:00.000Z',
      timeless: true,
    });
    expect(stored()).not.toHaveProperty('timeless');
  });

  it.each([
    ['no id', { id: undefined }, '/id'],
    ['an empty source', { source: '' }, '/source'],
    ['a blank type', { type: ' ' }, '/type'],
    ['a number for an id', { id: 5 }, '/id'],
    ['no specversion', { specversion: undefined }, '/specversion'],
    ['specversion 0.3', { specversion: '0.3' }, '/specversion'],
    ['a name in upper case', { myExt: 'x' }, '/myExt'],
    ['a name with a dash', { 'my-ext': 'x' }, '/my-ext'],
    ['no name', { '': 'x' }, '/'],
    ['an object for an extension', { ext: {} }, '/ext'],
    ['a fraction for an extension', { ext: 1.5 }, '/ext'],
    ['a control character', { ext: 'a\nb' }, '/ext'],
    ['a noncharacter', { subject: 'a\ufffe' }, '/subject'],
    ['half a pair of surrogates in the data', { data: { a: ['\ud800'] } }, '/data/a/0'],
    ['data twice', { data: null, data_base64: 'AA==' }, '/data_base64'],
    ['bad base64', { data_base64: 'A' }, '/data_base64'],
    ['base64 in lines', { data_base64: 'AAAA\nAAAA' }, '/data_base64'],
    ['a time without a zone', { time: '2026-01-31T10:35:00' }, '/time'],
    ['a time to come', { time: '2027-01-31T10:35:00Z' }, '/time'],
    ['no media type', { datacontenttype: 'json' }, '/datacontenttype'],
    ['a connector that is none', { connector: 'My CI' }, '/connector'],
    ['a lease', { events: [], lease: {} }, '/events'],
  ])('is refused with %s', (_what, more, pointer) => {
    const verdict = verdictOf(more);
    expect(verdict).toMatchObject({
      refused: { errors: expect.arrayContaining([{ pointer, detail: expect.any(String) }]) },
    });
  });

  it.each([[null], ['text'], [[]], [5]])('is not %j', (item) => {
    expect(judgeCloudEvent(item, 1, bounds)).toMatchObject({ refused: { errors: [{ pointer: '' }] } });
  });
});

function request(headers: [string, string][], body?: unknown) {
  const given = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  return { headers: given, raw: { rawHeaders: headers.flat() }, body } as unknown as Parameters<
    typeof readCloudEvents
  >[0];
}
const inHeaders: [string, string][] = [
  ['CE-SpecVersion', '1.0'],
  ['ce-id', '1'],
  ['ce-source', '/ci'],
  ['ce-type', 't'],
];

describe('the HTTP binding', () => {
  it('reads the attributes from headers and the data from any body', () => {
    const attributes = { specversion: '1.0', id: '1', source: '/ci', type: 't' };
    expect(readCloudEvents(request(inHeaders))).toEqual({ event: attributes });
    expect(readCloudEvents(request(inHeaders, { a: 1 }))).toEqual({
      event: { ...attributes, data: { a: 1 } },
    });
    const image = request([...inHeaders, ['Content-Type', 'image/png']], Buffer.from([255]));
    expect(readCloudEvents(image)).toEqual({
      event: { ...attributes, datacontenttype: 'image/png', data_base64: '/w==' },
    });
  });

  it.each([
    ['Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
    ['%e2%82%ac', '€'],
    ['%41', 'A'],
    ['%2541', '%41'],
    ['50% of %zz', '50% of %zz'],
    ['"a \\"b\\" %63"', 'a "b" c'],
    ['a "b"', 'a "b"'],
    ['"', '"'],
    [Buffer.from('é').toString('latin1'), 'é'],
    ['', ''],
  ])('reads the value %j', (value, read) => {
    expect(readCloudEvents(request([...inHeaders, ['ce-ext', value]]))).toMatchObject({
      event: { ext: read },
    });
  });

  it.each([
    ['an overlong encoding', 'ce-ext', '%C0%A0', '/ext'],
    ['half a character', 'ce-ext', '%E2%82', '/ext'],
    ['latin-1', 'ce-ext', 'é', '/ext'],
    ['an attribute twice', 'CE-ID', '2', '/id'],
    ['no name', 'ce-', 'x', '/'],
    ['a name with a dash', 'ce-my-ext', 'x', '/my-ext'],
    ['a prototype', 'ce-__proto__', 'x', '/__proto__'],
    ['the data', 'ce-data', 'x', '/data'],
  ])('refuses %s', (_what, name, value, pointer) => {
    expect(() => readCloudEvents(request([...inHeaders, [name, value]]))).toThrow(
      expect.objectContaining({
        code: 'invalid',
        errors: [{ pointer, detail: expect.any(String) }],
      }) as Error,
    );
  });

  it('refuses a content type beside ce-datacontenttype', () => {
    const both: [string, string][] = [
      ['ce-datacontenttype', 'a/b'],
      ['content-type', 'a/b'],
    ];
    expect(() => readCloudEvents(request([...inHeaders, ...both]))).toThrow(
      expect.objectContaining({
        errors: [{ pointer: '/datacontenttype', detail: 'is there twice' }],
      }) as Error,
    );
  });

  it.each(['application/cloudevents', 'application/cloudevents+avro', 'application/cloudevents-x+json'])(
    'does not understand %s, whatever its headers are',
    (type) => {
      const sent = request([...inHeaders, ['content-type', type]], {});
      expect(isBinaryCloudEvent(sent)).toBe(false);
      expect(() => readCloudEvents(sent)).toThrow(
        expect.objectContaining({ code: 'unsupported-media-type' }) as Error,
      );
    },
  );

  it('leaves a request alone that has no attribute which every CloudEvent has', () => {
    expect(
      readCloudEvents(
        request(
          [
            ['content-type', 'application/json'],
            ['ce-ext', 'x'],
          ],
          {},
        ),
      ),
    ).toBeUndefined();
  });

  it('takes a batch that is an array of no more than a batch holds', () => {
    const batch = (body: unknown) =>
      readCloudEvents(
        request([['content-type', 'Application/CloudEvents-Batch+JSON ; charset=UTF-8']], body),
      );
    expect(batch([])).toEqual({ batch: [] });
    expect(() => batch({ events: [] })).toThrow(expect.objectContaining({ code: 'invalid' }) as Error);
    expect(() => batch(Array(limits.batchEvents + 1).fill(0))).toThrow(
      expect.objectContaining({ code: 'invalid' }) as Error,
    );
  });
});
