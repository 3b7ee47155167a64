import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { HttpError, parseRetryAfter } from '@painchain/connector-sdk';
import { expect, it } from 'vitest';
import { limitOf, restAfter } from './limits.js';
import { explainRefusal } from './refusals.js';

// Recorded answers of the real API, beside the repository where they are there at all.
const recorded = new URL('../../../../../shared/data/github/api-hub4j-recorded.ndjson.gz', import.meta.url);

interface Exchange {
  source: string;
  url: string;
  status: number;
  headers: Record<string, string | string[]>;
  body: unknown;
}

function exchanges(): Exchange[] {
  const lines = gunzipSync(readFileSync(recorded)).toString().trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Exchange);
}

function headersOf({ headers }: Exchange): Record<string, string> {
  const flat = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    [value].flat().join(', '),
  ]);
  return Object.fromEntries(flat) as Record<string, string>;
}

function refusalOf(exchange: Exchange): HttpError {
  const { status, body } = exchange;
  const headers = headersOf(exchange);
  const retryAfterMs = parseRetryAfter(headers['retry-after']);
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
  return new HttpError('status', `answered ${status}`, { status, headers, body: text, retryAfterMs });
}

it.skipIf(!existsSync(recorded))(
  'recorded answers say how much is left, and refusals say what they mean',
  () => {
    const now = Date.now();
    const codes = new Map<string, number>();
    let limits = 0;
    for (const exchange of exchanges()) {
      if (limitOf(headersOf(exchange))) limits += 1;
      if (exchange.status < 300 || exchange.status === 304) continue;
      const refusal = refusalOf(exchange);
      const { code } = explainRefusal(refusal, now);
      codes.set(code, (codes.get(code) ?? 0) + 1);
      expect([exchange.source, restAfter(refusal, now, 1) !== undefined]).toEqual([
        exchange.source,
        code.startsWith('rate-limited'),
      ]);
    }
    expect(limits).toBeGreaterThan(300);
    expect(Object.fromEntries(codes)).toEqual({
      moved: 4,
      'not-found': 9,
      'permission-missing': 1,
      'rate-limited': 2,
      'rate-limited-briefly': 6,
    });
  },
);
