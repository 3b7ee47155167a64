import { HttpError } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitOf, restAfter } from './limits.js';
import { explainRefusal } from './refusals.js';

const now = Date.UTC(2026, 10, 24, 10);

interface Given {
  headers?: Record<string, string>;
  json?: unknown;
  body?: string;
  retryAfterMs?: number;
}

function refused(status: number, { headers = {}, json, body, retryAfterMs }: Given = {}): HttpError {
  return new HttpError('status', `GET https://gitlab.test/api/v4/x answered ${status}`, {
    status,
    headers,
    body: body ?? JSON.stringify(json ?? { message: String(status) }),
    retryAfterMs,
  });
}

const invalid = (error_description: string) => ({ error: 'invalid_token', error_description });
const tooMany = { message: { error: 'This endpoint has been requested too many times. Try again later.' } };

describe('what a refusal means', () => {
  it.each<[number, Given, string, string]>([
    [401, { json: { message: '401 Unauthorized' } }, 'credential-refused', 'configuration'],
    [
      401,
      { json: invalid('Token is expired. You can either do re-authorization or token refresh.') },
      'token-expired',
      'configuration',
    ],
    [
      401,
      { json: invalid('Token was revoked. You have to re-authorize from the user.') },
      'token-revoked',
      'configuration',
    ],
    [401, { body: '<html>401 Authorization Required' }, 'address-refused', 'configuration'],
    [403, { json: { message: '403 Forbidden' } }, 'permission-missing', 'configuration'],
    [403, { json: { error: 'insufficient_scope', scope: 'api' } }, 'permission-missing', 'configuration'],
    [
      403,
      { json: { message: '403 Forbidden - Your account has been blocked.' } },
      'credential-suspended',
      'configuration',
    ],
    [
      403,
      { json: { message: '403 Forbidden - You (@ada) must accept the Terms of Service' } },
      'terms-not-accepted',
      'configuration',
    ],
    [403, { body: 'Forbidden\n' }, 'address-refused', 'configuration'],
    [404, { json: { message: '404 Project Not Found' } }, 'not-found', 'configuration'],
    // A proxy without a server behind it, or a `base_url` that lacks the sub-path.
    [404, { body: '404 page not found' }, 'answer-unreadable', 'upstream'],
    [404, { body: '<html>' }, 'answer-unreadable', 'upstream'],
    [400, { json: { error: 'order_by does not have a valid value' } }, 'unanswerable', 'upstream'],
    [422, {}, 'unanswerable', 'upstream'],
    [410, {}, 'gone', 'configuration'],
    [301, {}, 'moved', 'upstream'],
    [302, {}, 'moved', 'upstream'],
    [429, { body: 'Retry later\n' }, 'rate-limited', 'upstream'],
    [500, {}, 'gitlab-failing', 'upstream'],
    [502, { body: '<html>' }, 'gitlab-failing', 'upstream'],
    [503, { retryAfterMs: 5_000 }, 'gitlab-failing', 'upstream'],
    [418, {}, 'gitlab-418', 'upstream'],
  ])('%i with %j is %s', (status, given, code, kind) => {
    const error = explainRefusal(refused(status, given), now);
    expect(error).toMatchObject({ code, kind });
    expect(error.remedy).not.toBe('');
  });

  it('names the scope that reads everything, whichever GitLab says would have done', () => {
    for (const scope of ['api read_api', 'api', 'api read_user']) {
      const { remedy } = explainRefusal(refused(403, { json: { error: 'insufficient_scope', scope } }), now);
      expect(remedy).toBe('Make a token with the scope read_api and put it in `token`.');
    }
  });

  it.each([
    ['Access denied: your token lacks the permissions [Project: Read].', 'the permission Project: Read'],
    ['Access denied.', 'the permission to read this'],
    [7, 'the permission to read this'],
  ])('names the permission that a fine-grained token lacks: %s', (error_description, right) => {
    const json = { error: 'insufficient_granular_scope', error_description };
    const { code, remedy } = explainRefusal(refused(403, { json }), now);
    expect([code, remedy]).toEqual([
      'permission-missing',
      `Make a token with ${right} and put it in \`token\`.`,
    ]);
  });
});

function limit(remaining: number, seconds: number, name = 'throttle_authenticated_api') {
  return {
    'ratelimit-limit': '2000',
    'ratelimit-name': name,
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(now / 1000 + seconds),
  };
}

describe('what GitLab says of its limit', () => {
  it('is of the API, in seconds since 1970', () => {
    expect(limitOf(limit(1_995, 41))).toEqual({ limit: 2_000, remaining: 1_995, resetsAt: now + 41_000 });
  });

  it.each([
    ['it has none', {}],
    ['it is of something else', limit(3, 10, 'throttle_authenticated_packages_api')],
    ['it is in seconds from now', { ...limit(3, 10), 'ratelimit-reset': '60' }],
    ['it is no number', { ...limit(3, 10), 'ratelimit-remaining': 'few' }],
  ])('is nothing where %s', (_, headers) => {
    expect(limitOf(headers)).toBeUndefined();
  });
});

describe('how long GitLab wants to be left alone', () => {
  it.each<[string, number, Given, number, number | undefined]>([
    ['as it asks', 429, { retryAfterMs: 30_000 }, 1, 30_000],
    ['as it asks, before all else', 429, { retryAfterMs: 2_000, headers: limit(0, 600) }, 1, 2_000],
    ['as it asks while it is under maintenance', 503, { retryAfterMs: 60_000 }, 1, 60_000],
    ['until the limit is reset', 429, { headers: limit(0, 40) }, 1, 40_000],
    [
      'a minute where another limit is meant than the one it tells of',
      429,
      { headers: limit(595, 10), json: tooMany },
      1,
      60_000,
    ],
    ['at least a second', 429, { headers: limit(0, -600) }, 1, 1_000],
    ['longer each time that it asks for no rest', 429, { retryAfterMs: 0 }, 4, 8_000],
    ['no longer than a limit lasts', 429, { headers: limit(0, 9_000_000) }, 1, 900_000],
    ['a minute', 429, {}, 1, 60_000],
    ['twice as long the next time', 429, {}, 2, 120_000],
    ['a quarter of an hour at most', 429, {}, 99, 900_000],
    ['not at all when it fails', 503, {}, 1, undefined],
    ['not at all when something may not be read', 403, {}, 1, undefined],
  ])('%s', (_, status, given, inARow, expected) => {
    expect(restAfter(refused(status, given), now, inARow)).toBe(expected);
  });

  it('is never a time that makes no sense, and its reason never one that throws', () => {
    const header = fc.constantFrom(
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'ratelimit-name',
    );
    const value = fc.oneof(fc.string(), fc.constant('0'), fc.double().map(String));
    const body = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 599 }),
        fc.dictionary(header, value),
        body,
        fc.integer(),
        (status, headers, text, inARow) => {
          const refusal = refused(status, { headers, body: text });
          const rest = restAfter(refusal, now, inARow) ?? 1_000;
          expect(rest).toBeGreaterThanOrEqual(1_000);
          expect(rest).toBeLessThanOrEqual(900_000);
          expect(explainRefusal(refusal, now).code).toMatch(/^[a-z0-9-]+$/);
        },
      ),
    );
  });
});
