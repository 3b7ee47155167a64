import type { EventAnswer, Problem, StoredEvent } from '@painchain/contract';
import { CloudEvent, emitterFor, HTTP, httpTransport, type Message, Mode } from 'cloudevents';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, CloudEventsSender } from './testing/cloud-events-sender.js';

let sender: CloudEventsSender;
beforeAll(async () => {
  sender = await CloudEventsSender.start();
});
afterAll(() => sender.app.close());
beforeEach(() => sender.empty());

// The package leaves out what the binding demands of a sender.
function encoded(value: string): string {
  return value.replaceAll(/[^\u0021-\u007e]|["%]/gu, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}

function send({ headers, body }: Message): Promise<Answer> {
  const texts = Object.entries(headers).map(([name, value]): [string, string] => {
    return [name, name === 'content-type' ? String(value) : encoded(String(value))];
  });
  const bytes = body instanceof Uint8Array ? Uint8Array.from(body) : String((body ?? '') as string | number);
  return sender.post(Object.fromEntries(texts), bytes);
}

/** What became of an event, told alike for all modes. */
interface Fate {
  isNew: boolean;
  id: string | undefined;
  detail: string | undefined;
}

async function sendOne(event: CloudEvent<unknown>, mode: Mode): Promise<Fate> {
  if (mode === Mode.BATCH) {
    const [result] = (await sender.postBatch([event])).results;
    return { isNew: result?.status === 'stored', id: result?.event_id, detail: result?.detail };
  }
  const { status, body } = (await emitterFor(send, { binding: HTTP, mode })(event)) as Answer;
  const { event_id, detail } = body as Partial<EventAnswer & Problem>;
  return { isNew: status === 201, id: event_id, detail };
}

const modes = [Mode.BINARY, Mode.STRUCTURED, Mode.BATCH];
const build = (more: object = {}) =>
  new CloudEvent<unknown>({
    id: '42',
    source: 'https://ci.example/acme',
    type: 'build.finished',
    subject: 'build/42',
    data: { ok: true },
    ...more,
  });

describe('the cloudevents package', () => {
  it('sends by its own transport', async () => {
    const emit = emitterFor(httpTransport(sender.address), { binding: HTTP, mode: Mode.BINARY });
    const { body } = (await emit(build())) as { body: string };
    expect(await sender.read((JSON.parse(body) as EventAnswer).event_id)).toMatchObject({
      key: 'https://ci.example/acme 42',
      title: 'build/42',
      connector: 'cloudevents',
      project: 'https://ci.example/acme',
      type: 'build.finished',
      subject: 'https://ci.example/acme build/42',
      integration_id: null,
      data: { ok: true, cloudevent: { id: '42', subject: 'build/42' } },
    });
  });

  it.each(modes)('is told of a duplicate when it sends in the mode %s twice', async (mode) => {
    const event = build();
    const first = await sendOne(event, mode);
    expect(first).toEqual({ isNew: true, id: expect.stringMatching(/^evt_/), detail: undefined });
    expect(await sendOne(event, mode)).toEqual({ ...first, isNew: false });
  });

  it('is told when a known event comes with other content', async () => {
    await sendOne(build(), Mode.BINARY);
    const other = await sendOne(build({ data: { ok: false } }), Mode.STRUCTURED);
    expect(other).toMatchObject({ isNew: false, detail: expect.stringContaining('other content') });
  });
});

const permitted = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((value) => /\S/u.test(value) && !/[\p{Cc}\p{Noncharacter_Code_Point}]/u.test(value));
const json = fc
  .jsonValue({ stringUnit: 'grapheme', maxDepth: 4 })
  .filter((value) => !/\\u0000|__proto__|"prototype"/.test(JSON.stringify(value)))
  .filter((value) => !/\d{16}/.test(JSON.stringify(value)));
const payload = fc.oneof(
  // The package writes a text as it is, where JSON would have it in quotes.
  json.filter((value) => typeof value !== 'string').map((data) => ({ data })),
  fc.record({ 'a/b': json, cloudevent: json }, { requiredKeys: [] }).map((data) => ({ data })),
  fc
    .string({ unit: 'grapheme', minLength: 1 })
    .map((data) => ({ data, datacontenttype: 'text/xml; charset=UTF-8' })),
  fc.uint8Array({ minLength: 1 }).map((data) => ({ data, datacontenttype: 'application/octet-stream' })),
  fc.constant({}),
);
const extensions = fc.dictionary(
  fc.stringMatching(/^x[a-z0-9]{0,18}$/),
  fc.oneof(permitted, fc.boolean(), fc.integer()),
  { maxKeys: 4 },
);
const attributes = fc.record(
  {
    id: permitted,
    source: fc.oneof(
      fc.webUrl({ withFragments: true }),
      fc.webPath({ size: 'large' }).map((path) => `/x${path}`),
    ),
    type: permitted,
    subject: permitted,
    dataschema: fc.webUrl(),
    environment: permitted,
    project: permitted,
  },
  { requiredKeys: ['id', 'source', 'type'] },
);

/** The data of a CloudEvent, told from what is stored of it; bytes in base64. */
function payloadOf({ data }: StoredEvent): unknown {
  const { cloudevent, ...members } = data as { cloudevent: Record<string, unknown> };
  if ('data' in cloudevent) return cloudevent['data'];
  if ('data_base64' in cloudevent) return { bytes: cloudevent['data_base64'] };
  return Object.keys(members).length > 0 ? members : undefined;
}

function expectedPayload(data: unknown): unknown {
  if (data === undefined) return undefined;
  if (!(data instanceof Uint8Array)) return JSON.parse(JSON.stringify(data)) as unknown;
  const text = Buffer.from(data).toString();
  const isText = Buffer.from(text).equals(data) && !text.includes('\0');
  return isText ? text : { bytes: Buffer.from(data).toString('base64') };
}

describe('any CloudEvent', () => {
  it('is stored once, whatever modes it comes in, and can be told from what is stored', async () => {
    let count = 0;
    const order = fc.shuffledSubarray(modes, { minLength: 3 });
    const property = fc.asyncProperty(
      attributes,
      payload,
      extensions,
      order,
      async (given, carried, more, by) => {
        // The run's number, so that each is an event of its own.
        const event = new CloudEvent<unknown>({
          ...given,
          ...carried,
          ...more,
          id: `${++count}:${given.id}`,
        });
        const fates: Fate[] = [];
        for (const mode of by) fates.push(await sendOne(event, mode));
        const id = fates[0]?.id;
        expect(fates).toEqual(by.map((_, at) => ({ isNew: at === 0, id, detail: undefined })));
        const stored = await sender.read(id);
        expect(payloadOf(stored)).toEqual(expectedPayload(event.data));
        const told = [...Object.entries(given), ...Object.entries(more), ['id', event.id]];
        const texts = told.map(([name, value]) => [name, String(value)]);
        expect(stored.data['cloudevent']).toMatchObject(Object.fromEntries(texts) as object);
        expect(Date.parse(stored.timestamp)).toBe(Date.parse(String(event.time)));
      },
    );
    await fc.assert(property, { numRuns: 100 });
    const [row] = await sender.app.test.asOwner('select count(*)::int as events from events');
    expect(row).toEqual({ events: count });
  });
});

const one = { specversion: '1.0', id: '1', source: '/s', type: 't' };

describe('an event without a time', () => {
  it('has the time at which it first came, and is a duplicate after', async () => {
    const before = Date.now();
    const [first] = (await sender.postBatch([one, one])).results;
    const stored = await sender.read(first?.event_id);
    expect(Date.parse(stored.timestamp)).toBeGreaterThanOrEqual(before);
    const again = await sender.postBatch([one]);
    expect(again.results).toEqual([{ status: 'duplicate', event_id: first?.event_id }]);
    expect(await sender.read(first?.event_id)).toEqual(stored);
    const other = await sender.postBatch([{ ...one, type: 'u' }]);
    expect(other.results).toMatchObject([{ code: 'content_differs' }]);
  });
});
