import { describe, expect, it } from 'vitest';
import { commandWords, lookedAt, shownSteps } from './command-words.js';
import { source } from './testing.js';

const [good, bad] = [
  { name: 'a', ok: true },
  { name: 'b', ok: false },
];

describe('what becomes of a command', () => {
  it('says who is waited for', () => {
    expect(commandWords({ kind: 'test', status: 'queued', steps: [] })).toMatch(/heartbeat/);
    expect(commandWords({ kind: 'sync', status: 'sent', steps: [] })).toMatch(/Looking/);
  });

  it('says what came of it', () => {
    expect(commandWords({ kind: 'test', status: 'succeeded', steps: [good] })).toBe('The connection works.');
    expect(commandWords({ kind: 'test', status: 'failed', steps: [good, bad] })).toMatch(/1 of 2 steps/);
    expect(commandWords({ kind: 'sync', status: 'succeeded', steps: [good] })).toMatch(/1 source looked/);
    expect(commandWords({ kind: 'sync', status: 'failed', steps: [good, bad] })).toMatch(/1 of 2 sources/);
  });

  it('keeps the steps of a test in their order, and shows the failed sources of a sync first', () => {
    expect(shownSteps({ kind: 'test', steps: [good, bad] })).toEqual([good, bad]);
    expect(shownSteps({ kind: 'sync', steps: [good, bad] })).toEqual([bad, good]);
  });

  it('counts the sources that were looked at since', () => {
    const sources = ['2026-01-01T09:00:00Z', '2026-01-01T10:00:00.000123Z', null].map((last_sync) =>
      source({ last_sync }),
    );
    expect(lookedAt(sources, { created_at: '2026-01-01T10:00:00Z' })).toBe(1);
  });
});
