import type { SourceStatus } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { type HealthFacts, integrationHealth, integrationStatus } from './integration-health.js';

const nowMs = Date.parse('2026-01-01T12:00:00Z');
const trouble = { code: 'x', detail: 'd', remedy: 'r', since: '2026-01-01T00:00:00Z' };

function source(changes: Partial<SourceStatus> = {}): SourceStatus {
  return {
    source: 's',
    project: null,
    state: 'healthy',
    watermark: null,
    last_sync: '2026-01-01T11:59:50Z',
    next_sync: '2026-01-01T12:00:50Z',
    lag_seconds: 0,
    rate_limit: null,
    progress: null,
    trouble: null,
    intervals: [],
    ...changes,
  };
}

function health(changes: Partial<HealthFacts> = {}): string {
  const facts = {
    enabled: true,
    orphaned: false,
    stopped: false,
    trouble: null,
    heartbeatAgeSeconds: 3,
    missedLooks: -0.5,
    nowMs,
  };
  return integrationHealth({ ...facts, sources: [source()], ...changes });
}

describe('integrationHealth', () => {
  it.each([
    ['healthy', {}],
    ['healthy', { heartbeatAgeSeconds: 29 }],
    ['healthy', { sources: [source({ state: 'starting', last_sync: null, next_sync: null })] }],
    ['late', { heartbeatAgeSeconds: 31 }],
    ['late', { stopped: true }],
    ['failing', { stopped: true, heartbeatAgeSeconds: 46 }],
    ['never_connected', { stopped: true, heartbeatAgeSeconds: null, sources: [] }],
    ['late', { sources: [source(), source({ state: 'late' })] }],
    ['healthy', { missedLooks: null }],
    ['healthy', { missedLooks: 0.9 }],
    ['late', { missedLooks: 1.1 }],
    ['failing', { heartbeatAgeSeconds: 46 }],
    ['failing', { sources: [source(), source({ state: 'failing' })] }],
    ['failing', { missedLooks: 2.1 }],
    ['action_required', { trouble }],
    ['action_required', { sources: [source({ state: 'failing' }), source({ state: 'action_required' })] }],
    ['never_connected', { heartbeatAgeSeconds: null, sources: [] }],
    ['orphaned', { orphaned: true, trouble }],
    ['paused', { enabled: false, orphaned: true, trouble }],
  ] as const)('is %s for %o', (expected, changes) => {
    expect(health(changes as Partial<HealthFacts>)).toBe(expected);
  });

  it('is told in three words, too', () => {
    expect(integrationStatus('never_connected')).toBe('active');
    expect(integrationStatus('late')).toBe('active');
    expect(integrationStatus('failing')).toBe('error');
    expect(integrationStatus('orphaned')).toBe('inactive');
  });
});
