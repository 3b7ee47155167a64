import type { IntegrationHealth, IntegrationView, SourceStatus, Trouble } from '@painchain/contract';
import {
  blindAfter,
  heartbeatSchedule,
  lateAfter,
  missedIntervals,
} from '../connectors/connectors.service.js';

export interface HealthFacts {
  enabled: boolean;
  /** Managed by a file whose connector is gone. */
  orphaned: boolean;
  /** Managed by a file whose connector has stopped, and may be about to start again. */
  stopped: boolean;
  trouble: Trouble | null;
  /** Since the last heartbeat; null before the first. */
  heartbeatAgeSeconds: number | null;
  sources: SourceStatus[];
  nowMs: number;
}

/** How an integration is doing, in one word: the worst that is true of it. */
export function integrationHealth(facts: HealthFacts): IntegrationHealth {
  const { enabled, orphaned, stopped, trouble, heartbeatAgeSeconds, sources, nowMs } = facts;
  if (!enabled) return 'paused';
  if (orphaned) return 'orphaned';
  if (trouble || sources.some(({ state }) => state === 'action_required')) return 'action_required';
  if (heartbeatAgeSeconds === null) return 'never_connected';
  const missed = Math.max(
    missedIntervals(heartbeatSchedule(nowMs - heartbeatAgeSeconds * 1_000), nowMs),
    ...sources.map((source) => missedSyncs(source, nowMs)),
  );
  if (missed > blindAfter || sources.some(({ state }) => state === 'failing')) return 'failing';
  if (stopped || missed > lateAfter || sources.some(({ state }) => state === 'late')) return 'late';
  return 'healthy';
}

/** How far a source is behind its schedule; the connector itself may be stuck. */
function missedSyncs({ last_sync, next_sync }: SourceStatus, nowMs: number): number {
  if (last_sync === null || next_sync === null) return 0;
  const dueMs = Date.parse(next_sync);
  return missedIntervals({ dueMs, intervalMs: dueMs - Date.parse(last_sync) }, nowMs);
}

/** The same in the three words of the first API. */
export function integrationStatus(health: IntegrationHealth): IntegrationView['status'] {
  if (health === 'paused' || health === 'orphaned') return 'inactive';
  return health === 'failing' || health === 'action_required' ? 'error' : 'active';
}
