import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRevision } from './revision.js';

const sha = '0123456789abcdef0123456789abcdef01234567';

it.each([
  [`main@sha1:${sha}`, { short: '01234567', sha, branch: 'main' }],
  [`main/${sha}`, { short: '01234567', sha, branch: 'main' }],
  [`refs/heads/feature/x@sha1:${sha}`, { short: '01234567', sha, branch: 'feature/x' }],
  [`sha1:${sha}`, { short: '01234567', sha }],
  [sha.toUpperCase(), { short: '01234567', sha }],
  ['1.4.2', { short: '1.4.2' }],
  [`latest@sha256:${sha}${sha.slice(0, 24)}`, { short: 'latest@sha256:0123456789ab' }],
])('%s', (text, revision) => {
  expect(parseRevision(text)).toEqual({ text, ...revision });
});

it('never fails', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseRevision(text).text).toBe(text.trim());
    }),
  );
});
