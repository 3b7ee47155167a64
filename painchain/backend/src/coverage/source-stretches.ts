import type { SourceStatus } from '@painchain/contract';
import {
  blindAfter,
  heartbeatSchedule,
  lateAfter,
  missedIntervals,
  type Schedule,
  silentSeconds,
} from '../connectors/connectors.service.js';
import type { IntegrationStanding } from '../integrations/standings.service.js';
import type { Quality } from './quality.js';
import { filledUp, type Stretch, type Window, within, worstOf } from './stretches.js';

/** What is known of a source; instants in milliseconds since 1970. */
export interface SourceFacts {
  integrationId: string;
  /** Null: it stands for several, of which nothing is to be told one by one. */
  source: string | null;
  count: number;
  project: string | null;
  connectedMs: number | null;
  watermarkMs: number | null;
  lastSyncMs: number | null;
  dueMs: number | null;
  intervalMs: number | null;
  state: SourceStatus['state'] | null;
  /** What keeps it from working. */
  trouble: string | null;
  /** No longer a source of its integration. */
  gone: boolean;
}

/** A kept stretch of time in which a source was not seen as it should have been. */
export interface Spell extends Window {
  integrationId: string;
  source: string | null;
  kind: 'late' | 'blind' | 'reconstructed';
  reason: string | null;
}

interface Answer {
  quality: Quality;
  reason?: string | undefined;
}

/**
 * The whole window in the qualities in which a source saw it. Stretches may overlap: the worst of each moment is true, so
 * they need not be put in order to be put together with those of other sources.
 */
export function sourceStretches(
  facts: SourceFacts,
  spells: readonly Spell[],
  integration: IntegrationStanding,
  { window, nowMs }: { window: Window; nowMs: number },
): Stretch[] {
  const { connectedMs, watermarkMs } = facts;
  if (connectedMs === null || watermarkMs === null) {
    const answer = facts.gone ? ({ quality: 'gone' } as const) : notYet(facts, integration);
    return within(window, [stretch({ fromMs: -Infinity, toMs: Infinity }, answer)]);
  }
  const behind = stretch({ fromMs: watermarkMs, toMs: Infinity }, behindWatermark(facts, integration, nowMs));
  const known = spells.map((spell) => spellStretch(spell, connectedMs));
  const usual = [
    stretch({ fromMs: -Infinity, toMs: Math.min(connectedMs, watermarkMs) }, { quality: 'not_connected' }),
    stretch({ fromMs: connectedMs, toMs: watermarkMs }, { quality: 'complete' }),
    behind,
  ];
  // Nothing is worse than to be not connected, but what the first look made out stands instead.
  if (connectedMs <= window.fromMs || known.length === 0) return within(window, [...usual, ...known]);
  return filledUp(worstOf(within(window, [...known, behind])), within(window, usual));
}

function stretch({ fromMs, toMs }: Window, { quality, reason }: Answer): Stretch {
  return { fromMs, toMs, quality, reason };
}

function spellStretch(spell: Spell, connectedMs: number): Stretch {
  const reason = spell.reason ?? undefined;
  if (spell.kind === 'late') return stretch(spell, { quality: 'caught_up', reason });
  if (spell.kind === 'blind') return stretch(spell, { quality: 'blind', reason });
  return stretch(spell, { quality: spell.fromMs < connectedMs ? 'backfilled' : 'reconstructed', reason });
}

/** Why nobody works through an integration at all. */
export function idleReason({ enabled, orphaned }: IntegrationStanding): string | undefined {
  if (!enabled) return 'The integration is paused.';
  if (orphaned) return 'No connector runs with the file that defines it.';
  return undefined;
}

/** Of what was never looked at. */
function notYet({ state, trouble }: SourceFacts, integration: IntegrationStanding): Answer {
  const starting = state === 'starting' ? 'Its first look is under way.' : undefined;
  const reason = idleReason(integration) ?? trouble ?? integration.trouble ?? starting;
  return { quality: 'not_connected', reason };
}

/** What is open behind the watermark, which nobody can report but who asks: whoever should have may be dead. */
function behindWatermark(facts: SourceFacts, integration: IntegrationStanding, nowMs: number): Answer {
  if (facts.gone) return { quality: 'gone' };
  const idle = idleReason(integration);
  if (idle !== undefined) return { quality: 'blind', reason: idle };
  if (facts.trouble !== null) return { quality: 'blind', reason: facts.trouble };
  const schedule = scheduleOf(facts, integration, nowMs);
  const missed = missedIntervals(schedule, nowMs);
  if (missed > 0 && integration.trouble !== null) return { quality: 'blind', reason: integration.trouble };
  const isLate = missed > lateAfter || facts.state === 'late';
  if (!isLate) return { quality: 'pending' };
  const reason = whyLate(schedule, integration, nowMs);
  return { quality: missed > blindAfter ? 'blind' : 'late', reason };
}

/** Who says no schedule of its own, such as a watch, has its connector's heartbeats. */
function scheduleOf(facts: SourceFacts, integration: IntegrationStanding, nowMs: number): Schedule {
  const { dueMs, intervalMs, lastSyncMs } = facts;
  if (dueMs !== null && intervalMs !== null) return { dueMs, intervalMs };
  const heard = Math.max(integration.lastHeartbeatMs ?? -Infinity, lastSyncMs ?? -Infinity);
  return heartbeatSchedule(heard === -Infinity ? nowMs : heard);
}

function whyLate({ dueMs }: Schedule, { lastHeartbeatMs }: IntegrationStanding, nowMs: number): string {
  if (lastHeartbeatMs !== null && nowMs - lastHeartbeatMs > silentSeconds * 1_000)
    return `Its connector has not been heard of since ${timeText(lastHeartbeatMs, nowMs)}.`;
  return `It should have been looked at by ${timeText(dueMs, nowMs)}.`;
}

/** The date is told of what is not of the day. */
function timeText(instantMs: number, nowMs: number): string {
  const [date, time] = new Date(instantMs).toISOString().slice(0, 19).split('T');
  const today = new Date(nowMs).toISOString().slice(0, 10);
  return `${date === today ? '' : `${date} `}${time} UTC`;
}
