import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkExport } from './check-export.js';

type Answer = { status: number; body?: string };

/** The methods that were asked with, answered in this order. */
function answering(...answers: (Answer | 'none')[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (_url: string, { method = 'GET' }: RequestInit) => {
    asked.push(method);
    const next = answers[asked.length - 1];
    if (next === undefined || next === 'none') return Promise.reject(new TypeError('fetch failed'));
    return Promise.resolve(new Response(next.body, { status: next.status }));
  });
  return asked;
}

afterEach(() => void vi.unstubAllGlobals());

const problem = JSON.stringify({
  type: 't',
  title: 'The query took too long',
  status: 503,
  detail: 'Narrow it.',
});

describe('checkExport', () => {
  it('asks for no byte of a file that will come', async () => {
    const asked = answering({ status: 200 });
    await checkExport('/api/export');
    expect(asked).toEqual(['HEAD']);
  });

  it('tells the problem of one that won’t, which HEAD keeps to itself', async () => {
    const asked = answering({ status: 503 }, { status: 503, body: problem });
    await expect(checkExport('/api/export')).rejects.toThrow('Narrow it.');
    expect(asked).toEqual(['HEAD', 'GET']);
  });

  it('is content when it works the second time', async () => {
    answering({ status: 405 }, { status: 200, body: 'a,b' });
    await expect(checkExport('/api/export')).resolves.toBeUndefined();
  });

  it('says that no answer came', async () => {
    answering('none');
    await expect(checkExport('/api/export')).rejects.toThrow('No answer came');
  });
});
