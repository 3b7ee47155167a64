import { afterEach, describe, expect, it, vi } from 'vitest';
import { apiUrl, getJson, sendJson } from './client.js';
import { isUnreachable, type ProblemError } from './problem-error.js';

function answer(body: string, init?: ResponseInit) {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, init)));
}

const failure = () => getJson('/api/x').then(Promise.reject.bind(Promise), (error: ProblemError) => error);

afterEach(() => void vi.unstubAllGlobals());

describe('apiUrl', () => {
  it('repeats a list and leaves out what is not given', () => {
    expect(apiUrl('/timeline', { project: ['a/b', 'c&d'], cursor: undefined, limit: 5 })).toBe(
      '/api/timeline?project=a%2Fb&project=c%26d&limit=5',
    );
    expect(apiUrl('/projects')).toBe('/api/projects');
  });
});

describe('getJson', () => {
  it('gives the answer', async () => {
    answer('{"a": 1}');
    await expect(getJson('/api/x')).resolves.toEqual({ a: 1 });
  });

  it('throws the backend’s own problem with its request id', async () => {
    answer(
      JSON.stringify({
        type: 't',
        title: 'Not found',
        status: 404,
        detail: 'No such event.',
        instance: 'r1',
      }),
      {
        status: 404,
      },
    );
    const error = await failure();
    expect(error.problem.instance).toBe('r1');
    expect(error.message).toBe('No such event.');
    expect(isUnreachable(error)).toBe(false);
  });

  it('takes a backend’s own 503 for an answer and a gateway’s for none', async () => {
    answer(JSON.stringify({ type: 't', title: 'The query took too long', status: 503 }), { status: 503 });
    expect(isUnreachable(await failure())).toBe(false);
    answer('<h1>Bad gateway</h1>', { status: 502 });
    expect(isUnreachable(await failure())).toBe(true);
  });

  it('says that the backend cannot be reached when no answer comes', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
    expect(isUnreachable(await failure())).toBe(true);
  });

  it('does not pass off a page as an answer', async () => {
    answer('<!doctype html>');
    expect((await failure()).problem.title).toMatch(/not understood/);
  });
});

describe('sendJson', () => {
  it('sends a body as JSON and gives the answer', async () => {
    const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response('{"id": "a"}', { status: 201 })));
    vi.stubGlobal('fetch', fetched);
    await expect(sendJson('POST', '/api/x', { name: 'b' })).resolves.toEqual({ id: 'a' });
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"b"}',
    });
  });

  it('needs no content in the answer, and claims none where it sends none', async () => {
    const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response(null, { status: 204 })));
    vi.stubGlobal('fetch', fetched);
    await expect(sendJson('DELETE', '/api/x')).resolves.toBeUndefined();
    expect(fetched.mock.calls[0]?.[1]).toEqual({
      method: 'DELETE',
      headers: { accept: 'application/json' },
    });
  });

  it('throws the backend’s own problem', async () => {
    answer(JSON.stringify({ type: 't', title: 'Conflict', status: 409, detail: 'Name taken.' }), {
      status: 409,
    });
    await expect(sendJson('PUT', '/api/x', {})).rejects.toThrow('Name taken.');
  });
});
