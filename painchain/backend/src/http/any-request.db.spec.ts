import { Agent, request } from 'node:http';
import { Problem } from '@painchain/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../openapi/operations.js';
import { type TestApp, startTestApp } from './testing/test-app.js';
import {
  bodyOf,
  type Ids,
  mutatedBody,
  mutatedQuery,
  type PathValue,
  pathValue,
  queryText,
} from './testing/mutations.js';
import { rawRequest } from './testing/raw-request.js';

const key = 'pc_connector_0123456789abcdef';
const timeLimitMs = 12_000;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

interface Answer {
  status: number;
  type: string;
  text: string;
}

interface Sent {
  body?: Buffer | undefined;
  headers?: Record<string, string>;
}

const noIds: Ids = { connector: '', integration: '', event: '', command: '', view: '', team: '', epoch: 1 };

let app: TestApp;
let ids: Ids = { ...noIds };
let documented: Record<
  string,
  Record<string, { responses: object; parameters?: { name: string; in: string }[] }>
>;

function send(method: string, path: string, { body, headers = {} }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: app.port, agent, method, path, headers }, (answer) => {
      const status = answer.statusCode ?? 0;
      const type = answer.headers['content-type'] ?? '';
      let text = '';
      // The live tail never ends by itself.
      if (type.startsWith('text/event-stream')) {
        answer.destroy();
        resolve({ status, type, text });
        return;
      }
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve({ status, type, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const headersOf = (type: string, hasKey: boolean) => ({
  ...(type !== '' && { 'content-type': type }),
  ...(hasKey && { authorization: `Bearer ${key}` }),
});

async function make<T>(path: string, name: string): Promise<T> {
  const body = Buffer.from(JSON.stringify(bodyOf(name, ids)));
  const { status, text } = await send('POST', path, { body, headers: headersOf('application/json', true) });
  if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
  return JSON.parse(text) as T;
}

/** One of everything that has an id, so that mutated requests reach past `not-found` and `stale-lease`. */
async function seed(): Promise<void> {
  ids.connector = (
    await make<{ connector_id: string }>('/api/connectors/register', 'POST /api/connectors/register')
  ).connector_id;
  ids.integration = (await make<{ id: string }>('/api/integrations', 'POST /api/integrations')).id;
  const leases = `/api/connectors/${ids.connector}/leases`;
  const answer = await make<{ leases: { integration_id: string; epoch: number }[] }>(
    leases,
    'POST /api/connectors/{id}/leases',
  );
  const own = answer.leases.find(({ integration_id }) => integration_id === ids.integration);
  ids.epoch = own?.epoch ?? ids.epoch;
  ids.command = (
    await make<{ id: string }>(
      `/api/integrations/${ids.integration}/test`,
      'POST /api/integrations/{id}/test',
    )
  ).id;
  const stored = await make<{ results: { event_id: string }[] }>('/api/events', 'POST /api/events');
  ids.event = stored.results[0]?.event_id ?? '';
}

/** One view and one team, whatever there was. */
async function seedSaved(): Promise<void> {
  for (const kind of ['view', 'team'] as const) {
    const path = `/api/${kind}s`;
    const { text } = await send('GET', path);
    const saved = (JSON.parse(text) as Record<string, { id: string }[]>)[`${kind}s`] ?? [];
    for (const { id } of saved) await send('DELETE', `${path}/${id}`);
    ids[kind] = (await make<{ id: string }>(path, `POST ${path}`)).id;
  }
}

beforeAll(async () => {
  app = await startTestApp({ PAINCHAIN_API_KEY: key, PAINCHAIN_LOG_LEVEL: 'error' });
  documented = (JSON.parse((await send('GET', '/api/openapi.json')).text) as { paths: typeof documented })
    .paths;
  await seed();
  await seedSaved();
});
afterAll(async () => {
  agent.destroy();
  await app.close();
});

/** What is wrong with an answer by the OpenAPI document, or undefined. */
function faultOf(name: string, { status, type, text }: Answer): string | undefined {
  const [method = '', path = ''] = name.split(' ');
  if (status >= 500) return 'a server error';
  if (!(String(status) in (documented[path]?.[method.toLowerCase()]?.responses ?? {}))) {
    return 'a status that is not documented';
  }
  if (/^(?:text\/|application\/x-ndjson)/.test(type)) return undefined;
  if (status >= 400 && type !== 'application/problem+json; charset=utf-8') return `not a problem but ${type}`;
  const schema = status >= 400 ? Problem : operations[name]?.answers[status];
  if (!schema) return text === '' ? undefined : 'a body where none is documented';
  const parsed = schema.safeParse(JSON.parse(text));
  return parsed.success ? undefined : JSON.stringify(parsed.error.issues);
}

const names = Object.keys(operations);
// Bodies are where the most can go wrong.
const name = fc.oneof(
  { arbitrary: fc.constantFrom(...names), weight: 1 },
  {
    arbitrary: fc.constantFrom(...names.filter((each) => Object.keys(bodyOf(each, noIds)).length > 0)),
    weight: 2,
  },
);

const requests = name.chain((chosen) =>
  fc.record({
    name: fc.constant(chosen),
    query: mutatedQuery,
    values: fc.tuple(pathValue, pathValue),
    body: mutatedBody(chosen),
    type: fc.constantFrom(...Array<string>(8).fill('application/json'), 'text/plain', ''),
    hasKey: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  }),
);

interface Request {
  name: string;
  query: string;
  values: [PathValue, PathValue];
  body: (ids: Ids) => Buffer;
  type: string;
  hasKey: boolean;
}

const changesLeases = /^(?:POST|PUT|DELETE) \/api\/(?:integrations(?:\/\{id\})?|connectors\/.*)$/;
const removesSaved = /^DELETE \/api\/(?:views|teams)\//;

async function check({ name, query, values, body, type, hasKey }: Request): Promise<string> {
  const [method = '', template = ''] = name.split(' ');
  const path = template
    .replace('{id}', values[0](ids, template))
    .replace(/\{(commandId|type)\}/, values[1](ids, '{commandId}'));
  const sent: Sent = method.startsWith('P') ? { body: body(ids), headers: headersOf(type, hasKey) } : {};
  const answer = await send(method, path + query, sent);
  const fault = faultOf(name, answer);
  if (fault !== undefined) {
    const told = sent.body?.toString('latin1').slice(0, 2_000) ?? '';
    throw new Error(`${method} ${path}${query} → ${answer.status}: ${fault}\n${told}\n${answer.text}`);
  }
  if (answer.status < 300 && changesLeases.test(name)) await seed();
  if (answer.status < 300 && removesSaved.test(name)) await seedSaved();
  return `${name} ${answer.status}`;
}

/** As often as there is time for, and until all that is wanted has been seen: a busy machine must not prove less. */
async function tryUntilSeen(
  property: fc.IAsyncProperty<unknown>,
  {
    seen,
    wanted,
    numRuns,
    limitMs,
  }: { seen: Set<string>; wanted: string[]; numRuns: number; limitMs: number },
): Promise<string[]> {
  await fc.assert(property, { numRuns, interruptAfterTimeLimit: limitMs });
  const isMissing = () => wanted.some((each) => !seen.has(each));
  for (let more = 0; more < 40 && isMissing(); more++) await fc.assert(property, { numRuns: 100 });
  return [...seen];
}

describe('whatever is sent to any route', () => {
  it('is answered as the OpenAPI document says, and never by a server error', async () => {
    const seen = new Set<string>();
    const property = fc.asyncProperty(requests, async (request) => void seen.add(await check(request)));
    // Requests that all fail at the door would prove nothing of what lies behind it.
    const wanted = [
      'POST /api/events 200',
      'POST /api/events 400',
      'POST /api/events 422',
      'POST /api/connectors/{id}/heartbeat 200',
      'POST /api/integrations 422',
      'GET /api/events/{id} 200',
      'GET /api/events/{id}/related 200',
      'PUT /api/views/{id} 200',
      'PUT /api/teams/{id} 422',
      'GET /api/timeline 200',
      'GET /api/export 200',
    ];
    const all = await tryUntilSeen(property, { seen, wanted, numRuns: 10_000, limitMs: timeLimitMs });
    expect(all).toEqual(expect.arrayContaining(wanted));
  }, 180_000);

  it('is answered so for any query, wherever one can be asked', async () => {
    const asking = names.filter((each) => {
      const [method = '', path = ''] = each.split(' ');
      const given = documented[path]?.[method.toLowerCase()]?.parameters?.map((parameter) => parameter.name);
      // The other `q` is a text that names contain.
      return given?.includes('q') && given.includes('environment');
    });
    const seen = new Set<string>();
    const property = fc.asyncProperty(fc.constantFrom(...asking), queryText, async (each, q) => {
      const required = each === 'GET /api/export' ? 'format=csv&' : '';
      const answer = await send('GET', `${each.replace('GET ', '')}?${required}q=${q}`);
      const fault = faultOf(each, answer);
      if (fault !== undefined) throw new Error(`${each}?q=${q} → ${answer.status}: ${fault}\n${answer.text}`);
      seen.add(`${each} ${answer.status}`);
    });
    const wanted = asking.flatMap((each) => [`${each} 200`, `${each} 422`]);
    const all = await tryUntilSeen(property, { seen, wanted, numRuns: 2_000, limitMs: 6_000 });
    expect(all).toEqual(expect.arrayContaining(wanted));
    expect(asking.length).toBeGreaterThan(2);
  }, 120_000);

  it('is refused when it is no HTTP at all', async () => {
    const start = fc.constantFrom(
      '',
      'GET /api HTTP/1.1\r\n',
      'POST /api/events HTTP/1.1\r\nHost: localhost\r\n',
    );
    const bytes = fc.string({ unit: 'binary-ascii', maxLength: 40 });
    const property = fc.asyncProperty(start, bytes, async (line, garbage) => {
      const { status } = await rawRequest(app.port, `${line}${garbage}\r\n\r\n`, 1_000);
      expect(status).toBeLessThan(500);
    });
    await fc.assert(property, { numRuns: 200, interruptAfterTimeLimit: 3_000 });
  });
});
