import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { BatchAnswer, EventAnswer, RejectedList } from '@painchain/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rawRequest } from '../http/testing/raw-request.js';
import { type Answer, CloudEventsSender } from './testing/cloud-events-sender.js';

let sender: CloudEventsSender;
beforeAll(async () => {
  sender = await CloudEventsSender.start();
});
afterAll(() => sender.app.close());
beforeEach(() => sender.empty());

const one = { specversion: '1.0', id: '1', source: '/s', type: 't' };

describe('a batch', () => {
  it('stores what it can, keeps what it refuses, and takes it once it can', async () => {
    const late = { ...one, id: '2', time: new Date(Date.now() + 10 * 24 * 60 * 60 * 1_000).toISOString() };
    const { results, sources } = await sender.postBatch([
      one,
      { ...one, specversion: '0.3' },
      5,
      late,
      { ...one, id: '3' },
    ]);
    expect(sources).toEqual([]);
    expect(results).toMatchObject([
      { status: 'stored' },
      { status: 'rejected', code: 'invalid', detail: expect.stringContaining('/specversion') },
      { status: 'rejected', code: 'invalid' },
      { status: 'rejected', code: 'in_future', detail: expect.stringMatching(/^\/time /) },
      { status: 'stored' },
    ]);
    await sender.app.test.asOwner(
      `update rejected_events set event = replace(event, '${late.time}', '2026-11-01T00:00:00Z') where code = 'in_future'`,
    );
    const { rejected } = (await (await fetch(`${sender.app.url}/api/rejected`)).json()) as RejectedList;
    const kept = rejected.find(({ code }) => code === 'in_future');
    const redriven = await fetch(`${sender.app.url}/api/rejected/${kept?.id}/redrive`, { method: 'POST' });
    expect(redriven.status).toBe(200);
    const { event_id } = (await redriven.json()) as EventAnswer;
    expect(await sender.read(event_id)).toMatchObject({ key: '/s 2', connector: 'cloudevents' });
  });

  it('may be empty, but no more than a batch', async () => {
    expect(await sender.postBatch([])).toEqual({ results: [], sources: [] });
    const asBatch = { 'content-type': 'application/cloudevents-batch+json' };
    expect(await sender.post(asBatch, JSON.stringify(Array.from({ length: 501 }, () => one)))).toMatchObject({
      status: 422,
    });
    expect(await sender.post(asBatch, JSON.stringify({ events: [] }))).toMatchObject({ status: 422 });
  });
});

const inHeaders = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/s', 'ce-type': 't' };
const structured = { 'content-type': 'application/cloudevents+json' };

describe('what is no CloudEvent', () => {
  it.each([
    ['without an id', structured, JSON.stringify({ ...one, id: undefined }), 422],
    ['with data twice', structured, JSON.stringify({ ...one, data: 1, data_base64: 'AA==' }), 422],
    ['as an array', structured, JSON.stringify([one]), 422],
    [
      'that is an event of ours',
      structured,
      JSON.stringify({ events: [], lease: { integration_id: 'x', epoch: 1 } }),
      422,
    ],
    ['that is no JSON', structured, '{', 400],
    ['with a key twice', structured, '{"id":"1","id":"2"}', 400],
    ['without a body', structured, undefined, 400],
    ['in another format', { 'content-type': 'application/cloudevents+avro' }, 'x', 415],
    ['with a prototype', structured, '{"__proto__":{}}', 400],
    ['in headers alone, one missing', { 'ce-id': '1' }, undefined, 422],
    ['with bad percents', { ...inHeaders, 'ce-subject': '%ff' }, undefined, 422],
    ['with a prototype in a header', { ...inHeaders, 'ce-__proto__': 'x' }, undefined, 422],
    ['with text for JSON', { ...inHeaders, 'content-type': 'application/json' }, 'x', 400],
    ['in another charset', { ...inHeaders, 'content-type': 'application/json; charset=utf-16' }, '{}', 415],
    ['with no media type', { ...inHeaders, 'content-type': 'x' }, 'x', 415],
    ['that is too large', { ...inHeaders, 'content-type': 'text/plain' }, 'x'.repeat(300_000), 413],
    ['larger than a batch', { ...inHeaders, 'content-type': 'text/plain' }, 'x'.repeat(5_000_000), 413],
    [
      'that is compressed',
      { ...structured, 'content-encoding': 'gzip' },
      Uint8Array.from(gzipSync('{}')),
      415,
    ],
    [
      'that is compressed, in headers',
      { ...inHeaders, 'content-encoding': 'gzip' },
      Uint8Array.from(gzipSync('{}')),
      415,
    ],
    ['of another site', { ...structured, origin: 'https://evil.example' }, JSON.stringify(one), 403],
    ['with text and no attribute', { 'content-type': 'text/plain' }, 'x', 415],
  ])('is refused: one %s', async (_what, headers, body, status) => {
    const answer = await sender.post(headers as unknown as Record<string, string>, body);
    expect(answer).toMatchObject({
      status,
      body: { type: expect.stringContaining('urn:painchain:problem:') },
    });
    expect(await sender.app.test.asOwner('select 1 from events')).toEqual([]);
  });

  it('has no other door: elsewhere a body is JSON', async () => {
    const headers = { ...inHeaders, 'content-type': 'text/plain' };
    const answer = await fetch(`${sender.app.url}/api/integrations`, { method: 'POST', headers, body: 'x' });
    expect(answer.status).toBe(415);
  });

  it.each([
    ['an attribute twice', 'ce-id: 1\r\nce-id: 2\r\n', 422],
    ['two content types', 'ce-id: 1\r\ncontent-type: text/plain\r\ncontent-type: image/png\r\n', 422],
    ['bytes that are not UTF-8', 'ce-id: \xff\r\n', 422],
    ['a NUL', 'ce-id: a\0b\r\n', 400],
    ['a NUL in percents', 'ce-id: a%00b\r\n', 422],
    ['a very long header', `ce-id: ${'x'.repeat(20_000)}\r\n`, 413],
    [
      'a thousand attributes',
      `ce-id: 1\r\n${Array.from({ length: 1_000 }, (_, n) => `ce-x${n}: 1\r\n`).join('')}`,
      201,
    ],
    ['UTF-8 as it is', 'ce-id: \xc3\xa9\r\n', 201],
  ])('is answered when its headers hold %s', async (_what, headers, status) => {
    const head = `POST /api/events HTTP/1.1\r\nhost: localhost:${sender.app.port}\r\nconnection: close\r\ncontent-length: 0\r\n`;
    const text = `${head}ce-specversion: 1.0\r\nce-source: /s\r\nce-type: t\r\n${headers}\r\n`;
    const answer = await rawRequest(sender.app.port, Buffer.from(text, 'latin1'));
    expect(answer.status).toBe(status);
  });

  it('never is a server error, whatever its attributes and body are', async () => {
    const name = fc.constantFrom(
      'ce-id',
      'ce-type',
      'ce-time',
      'ce-data',
      'ce-connector',
      'ce-url',
      'ce-constructor',
      'ce-a-b',
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary-ascii' }).map((text) => text.replaceAll(/[^\u0020-\u007e]/g, '')),
      fc.constantFrom('%00', '%ed%a0%80', '"\\', '1e400', '0001-01-01T00:00:00Z', '%F0%9F%98%80'.repeat(400)),
    );
    const type = fc.constantFrom(
      'application/json',
      'text/json',
      'text/plain; charset=shift_jis',
      'a/b',
      ';',
      'text/x; charset=utf-16le',
    );
    const body = fc.oneof(
      fc.uint8Array().map((bytes) => Uint8Array.from(bytes)),
      fc.json(),
    );
    const property = fc.asyncProperty(
      fc.dictionary(name, value),
      type,
      body,
      async (more, contentType, sent) => {
        const { status } = await sender.post({ ...inHeaders, ...more, 'content-type': contentType }, sent);
        expect([200, 201, 400, 413, 415, 422]).toContain(status);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  it('is judged alike alone and in a batch, whatever stands in its attributes', async () => {
    const name = fc.constantFrom(
      ...Object.keys(one),
      'subject',
      'time',
      'data',
      'data_base64',
      'connector',
      'url',
      'X',
    );
    const texts = [
      '\0',
      '\ud800',
      '\u0085',
      '\ufdd0',
      ' ',
      '',
      'x'.repeat(5_000),
      '😀'.repeat(600),
      'AA=',
      'text/plain',
      'text/x',
    ];
    const times = ['2026-02-30T00:00:00Z', '9999-12-31T23:59:59.9999999Z', '2026-11-01t00:00:00.5+15:59'];
    const value = fc.oneof(fc.constantFrom<unknown>(...texts, ...times), fc.jsonValue({ maxDepth: 3 }));
    const property = fc.asyncProperty(
      fc.dictionary(name, value, { minKeys: 1, maxKeys: 3 }),
      async (more) => {
        const text = JSON.stringify({ ...one, ...more });
        const { status } = await sender.post(structured, text);
        expect([200, 201, 400, 422]).toContain(status);
        const batch = { 'content-type': 'application/cloudevents-batch+json' };
        const answer = await sender.post(batch, `[${text}]`);
        expect(answer.status).toBe(status === 400 ? 400 : 200);
        const [result] = (answer.body as Partial<BatchAnswer>).results ?? [];
        const fates: Record<number, string> = { 200: 'duplicate', 201: 'duplicate', 422: 'rejected' };
        expect(result?.status).toBe(fates[status]);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});

describe('docs/cloudevents.md', () => {
  it('shows what can be sent', async () => {
    const text = readFileSync(new URL('../../../../docs/cloudevents.md', import.meta.url), 'utf8');
    const answers: Answer[] = [];
    const time = new Date().toISOString();
    for (const [, command = ''] of text.matchAll(/^```sh\n(curl [\s\S]*?)^```$/gm)) {
      // The shell would put the instant there.
      const plain = command.replaceAll(/'"\$\(date [^)]*\)"'/g, time);
      const headers = [...plain.matchAll(/-H '([^:]+): ([^']*)'/g)].map(([, name, value]) => [name, value]);
      const body = /-d '([^']*)'/.exec(plain)?.[1];
      answers.push(await sender.post(Object.fromEntries(headers) as Record<string, string>, body));
    }
    const stored = { status: 'stored', event_id: expect.any(String) };
    expect(answers).toMatchObject([
      { status: 201 },
      { status: 200, body: { duplicate: true } },
      { status: 200, body: { results: [stored, stored] } },
    ]);
    expect(answers[1]?.body).not.toHaveProperty('detail');
  });
});
