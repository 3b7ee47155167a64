import { type HttpClient, type HttpError, createHttpClient } from '@painchain/runtime/http';
import { afterEach, describe, expect, it } from 'vitest';
import { SourceError } from '../source-error.js';
import { type MockAnswer, MockUpstream } from '../testing/mock-upstream.js';
import { openUpstream } from './open-upstream.js';
import type { UpstreamOptions } from './upstream.js';

const beginning = Date.UTC(2026, 10, 24, 12);
const tick = () => new Promise((resolve) => setTimeout(resolve, 20));
let ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function explain(refusal: HttpError): SourceError {
  const word = refusal.kind === 'status' ? refusal.status : refusal.kind;
  const code = refusal.status === 401 ? 'token-refused' : `answered-${word}`;
  const kind = refusal.status === 401 ? 'configuration' : 'upstream';
  return new SourceError({ code, detail: refusal.message, remedy: 'r', kind, cause: refusal });
}

const rules: UpstreamOptions['rules'] = {
  limit: ({ 'x-left': remaining, 'x-reset': resetsAt }) =>
    remaining === undefined
      ? undefined
      : { limit: 100, remaining: Number(remaining), resetsAt: Number(resetsAt) },
  rest: ({ status }, _, inARow) => (status === 429 ? 60_000 * inARow : undefined),
  explain,
  credentialRefused: ({ code }) => code === 'token-refused',
};

/** An upstream with a clock that stands still, before a server that answers what it is told to, in order. */
async function open(answers: MockAnswer[], more: Partial<UpstreamOptions> = {}) {
  const server = await MockUpstream.start();
  const http = createHttpClient({ baseUrl: server.url });
  ends.push(
    () => server.stop(),
    () => http.close(),
  );
  const time = { now: beginning };
  for (const answer of answers) {
    const headers = () => ({ date: new Date(time.now).toUTCString(), ...answer.headers });
    server.expect('GET', '/x', () => ({ ...answer, headers: headers() }));
  }
  const options = { http, rules, headers: async () => ({ authorization: 'Bearer t' }), concurrency: 2 };
  const upstream = openUpstream({ ...options, now: () => time.now, random: () => 0, ...more });
  return { upstream, time, server };
}

/** A client that answers when it is told to, and says how many ask at a time. */
function slowHttp() {
  const waiting: (() => void)[] = [];
  const http = {
    request: () =>
      new Promise((resolve) =>
        waiting.push(() => resolve({ status: 304, headers: {}, next: undefined, bytes: new Uint8Array() })),
      ),
    close: async () => undefined,
  } as unknown as HttpClient;
  return { http, waiting };
}

describe('an upstream', () => {
  it('asks with the credential and the etag, and tells what has not changed', async () => {
    const { upstream, server } = await open([
      { json: [1], headers: { etag: '"a"', link: '</x?page=2>; rel="next"' } },
      { status: 304 },
    ]);
    const first = await upstream.get('/x');
    expect(first).toMatchObject({ unchanged: false, json: [1], etag: '"a"' });
    expect(first).toMatchObject({ next: new URL(`${server.url}/x?page=2`) });
    expect(await upstream.get('/x', { etag: '"a"' })).toEqual({ unchanged: true });
    expect(server.requests.map(({ headers }) => [headers.authorization, headers['if-none-match']])).toEqual([
      ['Bearer t', undefined],
      ['Bearer t', '"a"'],
    ]);
  });

  it('keeps no etag for which nobody has room', async () => {
    const { upstream } = await open([{ json: [], headers: { etag: `"${'a'.repeat(1_000)}"` } }]);
    expect(await upstream.get('/x')).toMatchObject({ unchanged: false, etag: undefined });
  });

  it('fails at once, without a request, while the limit is used up', async () => {
    const reset = { 'x-left': '0', 'x-reset': String(beginning + 1_800_000) };
    const { upstream, time } = await open([{ json: 1, headers: reset }, { json: 2 }]);
    await upstream.get('/x');
    expect(upstream.limit()).toEqual({ limit: 100, remaining: 0, resetsAt: beginning + 1_800_000 });
    await expect(upstream.get('/x')).rejects.toMatchObject({ kind: 'upstream', retryAfterMs: 1_800_000 });
    time.now += 1_800_000;
    expect(await upstream.get('/x')).toMatchObject({ json: 2 });
  });

  const half = { 'x-left': '50', 'x-reset': String(beginning + 3_600_000) };
  it.each<[string, Partial<UpstreamOptions>, Record<string, string>, boolean]>([
    [
      'slows down where what has not changed counts, too',
      { rules: { ...rules, unchangedCounts: true } },
      half,
      true,
    ],
    ['slows nobody down where that is free', {}, half, false],
    [
      'slows down where there is a limit that no answer tells of',
      { perMinute: 5, isLimited: true },
      {},
      true,
    ],
    ['slows nobody down where none is known of', { perMinute: 5 }, {}, false],
  ])('%s', async (_, more, headers, slows) => {
    const { upstream, time } = await open(
      Array.from({ length: 40 }, () => ({ status: 304, headers })),
      more,
    );
    for (let asked = 0; asked < 40; asked++) await upstream.get('/x', { etag: '"a"' });
    time.now += 60_000;
    expect(upstream.pace() > 1).toBe(slows);
  });

  it('rests as long as it is asked to, longer each time, and tells whoever was refused so', async () => {
    const { upstream, time } = await open([{ status: 429 }, { status: 429 }, { json: 1 }]);
    await expect(upstream.get('/x')).rejects.toMatchObject({ code: 'answered-429', retryAfterMs: 60_000 });
    await expect(upstream.get('/x')).rejects.toMatchObject({ code: 'answered-429', retryAfterMs: 60_000 });
    time.now += 60_000;
    await expect(upstream.get('/x')).rejects.toMatchObject({ code: 'answered-429', retryAfterMs: 120_000 });
    time.now += 120_000;
    expect(await upstream.get('/x')).toMatchObject({ json: 1 });
  });

  it('asks once a minute with a refused credential, and all others get the same error', async () => {
    const { upstream, time } = await open([{ status: 401 }, { status: 401 }, { json: 1 }, { json: 2 }]);
    const refused = { code: 'token-refused', kind: 'configuration' };
    for (let n = 0; n < 5; n++) await expect(upstream.get('/x')).rejects.toMatchObject(refused);
    time.now += 60_000;
    for (let n = 0; n < 5; n++) await expect(upstream.get('/x')).rejects.toMatchObject(refused);
    time.now += 60_000;
    expect(await upstream.get('/x')).toMatchObject({ json: 1 });
    expect(await upstream.get('/x')).toMatchObject({ json: 2 });
  });

  it('closes for a credential that can not even be made', async () => {
    let asked = 0;
    const headers = async () => {
      asked += 1;
      throw new SourceError({ code: 'token-refused', detail: 'd', remedy: 'r', kind: 'configuration' });
    };
    const { upstream } = await open([], { headers });
    for (let n = 0; n < 3; n++) {
      await expect(upstream.get('/x')).rejects.toMatchObject({ code: 'token-refused' });
    }
    expect(asked).toBe(1);
  });

  it('stays open for what is missing, fails or is no answer, and says which', async () => {
    const { upstream } = await open([{ status: 404 }, { status: 502 }, { text: '<html>' }, { json: 1 }]);
    await expect(upstream.get('/x')).rejects.toMatchObject({ code: 'answered-404', retryAfterMs: undefined });
    await expect(upstream.get('/x')).rejects.toMatchObject({ code: 'answered-502' });
    await expect(upstream.get('/x')).rejects.toMatchObject({
      code: 'answered-invalid_answer',
      kind: 'upstream',
    });
    expect(await upstream.get('/x')).toMatchObject({ json: 1 });
  });

  it('asks a few at a time, in order, and lets go who gives up', async () => {
    const { http, waiting } = slowHttp();
    const { upstream } = await open([], { http });
    const stop = new AbortController();
    const order: number[] = [];
    const ask = (n: number, signal?: AbortSignal) =>
      upstream.get('/x', { signal }).then(
        () => order.push(n),
        () => order.push(-n),
      );
    const all = [ask(1), ask(2), ask(3, stop.signal), ask(4)];
    await tick();
    expect(waiting).toHaveLength(2);
    stop.abort();
    waiting[0]?.();
    await tick();
    expect([waiting.length, order]).toEqual([3, [-3, 1]]);
    waiting.slice(1).forEach((answer) => answer());
    await Promise.all(all);
    expect(order).toEqual([-3, 1, 2, 4]);
  });

  it('sends away those who wait for their turn as soon as the limit is used up', async () => {
    const used = { 'x-left': '0', 'x-reset': String(beginning + 600_000) };
    const { upstream } = await open([{ json: 1, headers: used }], { concurrency: 1 });
    const [first, second] = [upstream.get('/x'), upstream.get('/x')];
    await expect(first).resolves.toMatchObject({ json: 1 });
    await expect(second).rejects.toMatchObject({ code: 'rate-limited', retryAfterMs: 600_000 });
  });

  it("counts time by the upstream's clock", async () => {
    const { upstream } = await open([{ json: 1, headers: { date: 'Tue, 24 Nov 2026 12:10:00 GMT' } }]);
    await upstream.get('/x');
    expect(upstream.now()).toBe(beginning + 600_000);
  });
});
