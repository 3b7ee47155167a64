import { type AddressInfo, connect } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sendProblem } from '../problem/problem.filter.js';
import { boundBodies } from './body-budget.js';

let app: FastifyInstance;
let release: () => void;

beforeEach(async () => {
  const released = new Promise<void>((resolve) => (release = resolve));
  app = fastify({ bodyLimit: 2_000_000 });
  boundBodies(app, 1_000);
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  app.post('/', async () => released.then(() => 'taken'));
  app.get('/', () => 'read');
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(async () => {
  release();
  await app.close();
});

const port = () => (app.server.address() as AddressInfo).port;
const post = (length: number) =>
  fetch(`http://127.0.0.1:${port()}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'x'.repeat(length),
  });
const moment = () => new Promise((resolve) => setTimeout(resolve, 100));

describe('bodies in flight', () => {
  it('are bounded together: who comes on top is told to come back, and is let in later', async () => {
    const first = post(600);
    await moment();
    const second = await post(600);
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '1']);
    expect((await fetch(`http://127.0.0.1:${port()}`)).status).toBe(200);
    const third = post(300);
    release();
    expect([(await first).status, (await third).status]).toEqual([200, 200]);
    expect((await post(900)).status).toBe(200);
  });

  it('are told so even while most of them is still to come', async () => {
    const answers = await Promise.all([post(900_000), post(900_000)]);
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    expect((await post(2_000_001)).status).toBe(413);
    release();
    expect((await post(900)).status).toBe(200);
  });

  it('count what has arrived, not what was announced, and nothing once their sender is gone', async () => {
    const slow = connect(port(), '127.0.0.1');
    slow.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 999\r\n\r\n');
    slow.write('x'.repeat(500));
    await moment();
    expect((await post(600)).status).toBe(503);
    release();
    expect((await post(400)).status).toBe(200);
    slow.destroy();
    await moment();
    expect((await post(900)).status).toBe(200);
  });
});
