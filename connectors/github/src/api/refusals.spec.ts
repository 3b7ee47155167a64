import { HttpError } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restAfter } from './limits.js';
import { explainRefusal } from './refusals.js';

const now = Date.UTC(2026, 10, 24, 10);

interface Given {
  headers?: Record<string, string>;
  body?: string;
  retryAfterMs?: number;
}

function refused(status: number, { headers = {}, body = '', retryAfterMs }: Given = {}): HttpError {
  return new HttpError('status', `GET https://api.github.com/x answered ${status}`, {
    status,
    headers,
    body: JSON.stringify({ message: body }),
    retryAfterMs,
  });
}

describe('what a refusal means', () => {
  it.each<[number, Given, string, string]>([
    [401, { body: 'Bad credentials' }, 'credential-refused', 'configuration'],
    [404, {}, 'not-found', 'configuration'],
    [409, { body: 'Git Repository is empty.' }, 'repository-empty', 'upstream'],
    [410, { body: 'Issues are disabled for this repo' }, 'gone', 'configuration'],
    [422, { body: 'Validation Failed' }, 'unanswerable', 'upstream'],
    [451, { body: 'Repository access blocked' }, 'repository-blocked', 'configuration'],
    [301, {}, 'moved', 'upstream'],
    [307, {}, 'moved', 'upstream'],
    [308, {}, 'moved', 'upstream'],
    [500, {}, 'github-failing', 'upstream'],
    [503, { retryAfterMs: 5_000 }, 'github-failing', 'upstream'],
    [418, {}, 'github-418', 'upstream'],
    [429, {}, 'rate-limited-briefly', 'upstream'],
    [403, { retryAfterMs: 30_000, body: 'Must have push access' }, 'rate-limited-briefly', 'upstream'],
    [403, { body: 'You have exceeded a secondary rate limit.' }, 'rate-limited-briefly', 'upstream'],
    [403, { headers: { 'gh-limited-by': 'search' } }, 'rate-limited-briefly', 'upstream'],
    [403, { headers: { 'x-ratelimit-remaining': '0' } }, 'rate-limited', 'upstream'],
    [403, { body: 'API rate limit exceeded for user ID 1.' }, 'rate-limited', 'upstream'],
    [403, { body: 'Resource not accessible by integration' }, 'permission-missing', 'configuration'],
    [403, { body: 'Must have admin rights to Repository.' }, 'permission-missing', 'configuration'],
    [403, { body: 'Repository access blocked' }, 'repository-blocked', 'configuration'],
    [403, { body: 'This installation has been suspended' }, 'credential-suspended', 'configuration'],
    [
      403,
      { body: 'The acme organization has an IP allow list enabled, and yours is not permitted.' },
      'ip-not-allowed',
      'configuration',
    ],
    [403, { body: 'Resource protected by organization SAML enforcement.' }, 'sso-required', 'configuration'],
    [
      403,
      { body: '`acme` forbids access via a personal access token (classic).' },
      'token-kind-forbidden',
      'configuration',
    ],
    [
      403,
      { body: 'Upgrade to GitHub Pro or make this repository public to enable this feature.' },
      'not-available',
      'configuration',
    ],
  ])('%i with %j is %s', (status, given, code, kind) => {
    const error = explainRefusal(refused(status, given), now);
    expect(error).toMatchObject({ code, kind });
    expect(error.remedy).not.toBe('');
  });

  it('names the right that is missing, by permission or by scope', () => {
    const fine = { 'x-accepted-github-permissions': 'administration=read; pull_requests=write' };
    const { remedy } = explainRefusal(refused(403, { headers: fine }), now);
    expect(remedy).toContain('the permission administration: read or pull requests: write');
    const classic = { 'x-accepted-oauth-scopes': 'admin:repo_hook, repo' };
    expect(explainRefusal(refused(403, { headers: classic }), now).remedy).toContain(
      'admin:repo_hook or repo',
    );
  });

  it('leads to where a token is approved, and to nowhere else', () => {
    const sso = (url: string) => refused(403, { headers: { 'x-github-sso': `required; url=${url}` } });
    const good = 'https://github.com/orgs/acme/sso?authorization_request=A1';
    expect(explainRefusal(sso(good), now).remedy).toContain(good);
    expect(explainRefusal(sso('javascript:alert(1)'), now).remedy).not.toContain('javascript');
  });
});

describe('how long GitHub wants to be left alone', () => {
  const reset = (seconds: number) => ({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(now / 1000 + seconds),
  });

  it.each<[string, Given, number, number | undefined]>([
    ['as it asks', { retryAfterMs: 30_000 }, 1, 30_000],
    ['as it asks, before all else', { retryAfterMs: 2_000, headers: reset(600) }, 1, 2_000],
    ['until the limit is reset', { headers: reset(600) }, 1, 600_000],
    ['at least a second', { headers: reset(-600) }, 1, 1_000],
    ['longer each time that a reset lies behind us', { headers: reset(-600) }, 8, 128_000],
    ['longer each time that it asks for no rest', { retryAfterMs: 0 }, 4, 8_000],
    ['no longer than a limit lasts', { headers: reset(9_000_000) }, 1, 3_600_000],
    ['a minute', { body: 'secondary rate limit' }, 1, 60_000],
    ['twice as long the third time', { body: 'secondary rate limit' }, 3, 240_000],
    ['a quarter of an hour at most', { body: 'secondary rate limit' }, 99, 900_000],
    ['not at all', { body: 'Resource not accessible by integration' }, 1, undefined],
  ])('%s', (_, given, inARow, expected) => {
    expect(restAfter(refused(403, given), now, inARow)).toBe(expected);
  });

  it('is never a time that makes no sense, and its reason never one that throws', () => {
    const header = fc.constantFrom(
      'x-ratelimit-limit',
      'x-ratelimit-remaining',
      'x-ratelimit-reset',
      'x-github-sso',
      'x-accepted-github-permissions',
    );
    const value = fc.oneof(fc.string(), fc.constant('0'), fc.double().map(String));
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 599 }),
        fc.dictionary(header, value),
        fc.string(),
        fc.integer(),
        (status, headers, body, inARow) => {
          const refusal = refused(status, { headers, body });
          const rest = restAfter(refusal, now, inARow) ?? 1_000;
          expect(rest).toBeGreaterThanOrEqual(1_000);
          expect(rest).toBeLessThanOrEqual(3_600_000);
          expect(explainRefusal(refusal, now).code).toMatch(/^[a-z0-9-]+$/);
        },
      ),
    );
  });
});
