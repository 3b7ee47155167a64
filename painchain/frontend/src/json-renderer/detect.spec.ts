import type { JsonValue } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { detect } from './detect.js';
import type { Hint } from './hint.js';

const hint = (given: Partial<Hint>): Hint => ({ schema: {}, ...given });

describe('detect', () => {
  it.each([
    ['startTime', '2026-01-31T10:35:00Z', 'time'],
    ['x', '2026-01-31T10:35:00.123456+02:00', 'time'],
    ['x', '2026-01-31 10:35:00 UTC', 'time'],
    ['created_at', 1_700_000_000, 'time'],
    ['eventTimestamp', 1_700_000_000_000, 'time'],
    ['due', '2026-01-31', 'date'],
    ['x', 'PT3M54S', 'duration'],
    ['x', '1h2m', 'duration'],
    ['elapsed_seconds', 5, 'duration'],
    ['tookMs', 5, 'duration'],
    ['memory', '512Mi', 'bytes'],
    ['size_bytes', 12, 'bytes'],
    ['cpu_percent', 42, 'percent'],
    ['x', '42%', 'percent'],
    ['html_url', 'https://example.com/a', 'url'],
    ['x', 'ada@example.com', 'email'],
    ['x', '10.0.0.1', 'code'],
    ['x', 'fe80::1', 'code'],
    ['x', '123e4567-e89b-12d3-a456-426614174000', 'code'],
    ['x', 'a'.repeat(40), 'sha'],
    ['commit', 'deadbee', 'sha'],
    ['x', `acme/api@sha256:${'a'.repeat(64)}`, 'image'],
    ['x', 'registry.example.com:5000/acme/api:1.2', 'image'],
    ['image', 'acme/api:1.2', 'image'],
    ['conclusion', 'failure', 'status'],
    ['pull_request_state', 'open', 'status'],
    ['actor', 'ada', 'user'],
    ['x', { login: 'ada', id: 7 }, 'user'],
    ['author', { name: 'Ada' }, 'user'],
    ['team', { name: 'Ada' }, 'object'],
    ['x', { old: 1, new: 2 }, 'change'],
    ['x', { before: 'a', after: null }, 'change'],
    ['x', { old: 1, new: 2, why: 'x' }, 'object'],
    ['x', ['a', 1, null], 'chips'],
    ['x', [{ a: 1 }, { a: 2 }], 'table'],
    ['x', [{ a: 1 }, { b: 2 }], 'list'],
    ['x', '{"a": [1, 2]}', 'json'],
    ['x', 'one\ntwo', 'multiline'],
    ['x', '', 'nothing'],
    ['x', null, 'nothing'],
    ['x', {}, 'nothing'],
    ['forced', false, 'boolean'],
    ['x', '@@ -1 +1 @@\n-a\n+b', 'diff'],
    ['x', 'a note\n@@ -1 +1 @@', 'multiline'],
    ['files', [{ path: 'a', status: 'x', additions: 1 }, { path: 'b' }], 'table'],
    ['x', [{ a: 1 }, { a: { b: 1 } }], 'list'],
    ['x', { login: 'ada', avatar_url: 'x', a: 1, b: 2, c: 3 }, 'user'],
    ['archived_at', { from: '2026-01-31T10:35:00Z', to: '2026-02-01T10:35:00Z' }, 'change'],
  ])('sees what a value is: %s = %j is %s', (key, value, kind) => {
    expect(detect(key, value)).toBe(kind);
  });

  it('shows an all-zero hash as no hash', () => {
    expect(detect('before', '0'.repeat(40))).toBe('text');
  });

  it('lets a hint decide before the value', () => {
    expect(detect('x', 90, hint({ unit: 's' }))).toBe('duration');
    expect(detect('x', 'deadbee', hint({ role: 'sha' }))).toBe('sha');
    expect(detect('status', '2026-01-31T10:35:00Z', hint({ role: 'text' }))).toBe('text');
  });

  it.each([
    ['2026-01-31T10:35:00Z', { role: 'time' }, 'time'],
    [1_700_000_000, { format: 'date-time' }, 'time'],
    ['90', { unit: 's' }, 'duration'],
    [90, { role: 'duration' }, 'duration'],
    [42, { unit: '%' }, 'percent'],
    [7, { role: 'bytes' }, 'bytes'],
    [7, { unit: 'pods' }, 'number'],
    [7, { role: 'status' }, 'status'],
    [true, { tone: 'good' }, 'status'],
    ['wild', { tone: new Map([['wild', 'bad']]) }, 'status'],
    ['10.0.0.1', { format: 'ipv4' }, 'code'],
    ['ada@example.com', { format: 'email' }, 'email'],
    ['acme/api:1', { role: 'image' }, 'image'],
    [{ name: 'Ada' }, { role: 'user' }, 'user'],
    ['main', { choices: ['main', 'next'] }, 'code'],
    ['SELECT 1', { language: 'sql' }, 'multiline'],
    ['{"a":1}', { language: 'json' }, 'json'],
    ['@@ -1 +1 @@\n-a\n+b', { language: 'diff' }, 'diff'],
    ['no diff', { language: 'diff' }, 'multiline'],
  ] satisfies [JsonValue, Partial<Hint>, string][])('%j with the hint %j is %s', (value, given, kind) => {
    expect(detect('x', value, hint(given))).toBe(kind);
  });

  it('does not believe a hint that the value contradicts', () => {
    expect(detect('x', 'soon', hint({ format: 'date-time' }))).toBe('text');
    expect(detect('x', 'javascript:alert(1)', hint({ format: 'uri' }))).toBe('text');
    expect(detect('x', { a: 1 }, hint({ role: 'sha' }))).toBe('object');
    expect(detect('x', 'a b', hint({ role: 'constructor' }))).toBe('text');
  });
});
