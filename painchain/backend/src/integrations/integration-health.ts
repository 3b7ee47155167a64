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
  /** How far the worst of its sources is behind its schedule, in its own intervals; null without any that has one. */
  missedLooks: number | null;
  nowMs: number;
}

/** How an integration is doing, in one word: the worst that is true of it. */
export function integrationHealth(facts: HealthFacts): IntegrationHealth {
  const { enabled, orphaned, stopped, trouble, heartbeatAgeSeconds, sources, missedLooks, nowMs } = facts;
  if (!enabled) return 'paused';
  if (orphaned) return 'orphaned';
  if (trouble || sources.some(({ state }) => state === 'action_required')) return 'action_required';
  if (heartbeatAgeSeconds === null) return 'never_connected';
  const missed = Math.max(
    missedIntervals(heartbeatSchedule(nowMs - heartbeatAgeSeconds * 1_000), nowMs),
    missedLooks ?? 0,
  );
  if (missed > blindAfter || sources.some(({ state }) => state === 'failing')) return 'failing';
  if (stopped || missed > lateAfter || sources.some(({ state }) => state === 'late')) return 'late';
  return 'healthy';
}

/** The same in the three words of the first API. */
export function integrationStatus(health: IntegrationHealth): IntegrationView['status'] {
  if (health === 'paused' || health === 'orphaned') return 'inactive';
  return health === 'failing' || health === 'action_required' ? 'error' : 'active';
}
