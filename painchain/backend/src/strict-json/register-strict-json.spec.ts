import { gzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendProblem } from '../problem/problem.filter.js';
import { registerStrictJson } from './register-strict-json.js';

let server: FastifyInstance;

beforeAll(() => {
  server = fastify();
  registerStrictJson(server, {
    batchRoutes: ['/batch'],
    isForeignBody: ({ headers }) => headers['x-foreign'] === 'yes',
  });
  server.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  for (const path of ['/batch', '/other'])
    server.post(path, (request) => ({
      is: Buffer.isBuffer(request.body) ? request.body.toString('latin1') : typeof request.body,
    }));
});

afterAll(() => server.close());

function send(url: string, payload: string | Buffer, headers: Record<string, string> = {}) {
  return server.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

describe('registerStrictJson', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/cloudevents+json',
    'application/cloudevents-batch+json; charset="UTF-8"',
  ])('reads %s', async (type) => {
    expect((await send('/other', '{}', { 'content-type': type })).json()).toEqual({ is: 'object' });
  });

  it.each([
    ['text', '{}', { 'content-type': 'text/plain' }],
    ['a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another charset', '{}', { 'content-type': 'application/json; charset=utf-16' }],
    ['a compressed body', gzipSync('{}'), { 'content-encoding': 'gzip' }],
  ])('answers %s with 415', async (_what, payload, headers) => {
    const answer = await send('/other', payload, headers);
    expect(answer.statusCode).toBe(415);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it.each([
    ['any bytes', '\xff', 'image/png', 200, { is: '\xff' }],
    ['text in any charset', 'x', 'text/plain; charset=utf-16', 200, { is: 'x' }],
    ['nothing', '', 'application/json', 200, { is: 'undefined' }],
    ['JSON', '{}', 'application/json', 200, { is: 'object' }],
    ['what is no JSON', '{', 'application/json', 400, { status: 400 }],
    ['JSON in another charset', '{}', 'application/json; charset=utf-16', 415, { status: 415 }],
  ])('takes for a foreign body of a batch route: %s', async (_what, text, type, status, body) => {
    const headers = { 'content-type': type, 'x-foreign': 'yes' };
    const answer = await send('/batch', Buffer.from(text, 'latin1'), headers);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject(body);
  });

  it.each([
    ['on another route', '/other', 'yes'],
    ['in a request that is ours', '/batch', 'no'],
  ])('answers a foreign body %s with 415', async (_what, url, foreign) => {
    const headers = { 'content-type': 'image/png', 'x-foreign': foreign };
    expect((await send(url, 'x', headers)).statusCode).toBe(415);
  });

  it('leaves it to others to say that nothing is served somewhere', async () => {
    expect((await send('/nowhere', 'x', { 'content-type': 'text/plain' })).statusCode).toBe(404);
  });

  it('answers what is no JSON with 400', async () => {
    const answer = await send('/batch', '{"a":1,"a":2}');
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ detail: expect.stringContaining('same key twice') });
  });

  it.each(['/other?a=%00', '/%00'])('answers the address %s with 400', async (url) => {
    expect((await send(url, '{}')).statusCode).toBe(400);
  });

  it('leaves what can not be stored to a batch route and refuses it elsewhere with a pointer', async () => {
    const text = '{"a":["x\\u0000"]}';
    expect((await send('/batch', text)).statusCode).toBe(200);
    const elsewhere = await send('/other', text);
    expect(elsewhere.statusCode).toBe(400);
    expect(elsewhere.json()).toMatchObject({ errors: [{ pointer: '/a/0' }] });
  });

  it('takes 4 MiB on a batch route and 1 MiB elsewhere, and answers more with 413', async () => {
    const body = (mebibytes: number) => JSON.stringify('x'.repeat(mebibytes * 1024 * 1024));
    expect((await send('/batch', body(4))).statusCode).toBe(200);
    expect((await send('/batch', body(5))).statusCode).toBe(413);
    expect((await send('/other', body(0.9))).statusCode).toBe(200);
    expect((await send('/other', body(2))).statusCode).toBe(413);
  });
});
