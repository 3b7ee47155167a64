import {
  type Coverage,
  type CoverageStretch,
  type IntegrationCoverage,
  limits,
  type SourceCounts,
  type SourceCoverage,
} from '@painchain/contract';
import { encodeId } from '../database/opaque-id.js';
import type { IntegrationStanding } from '../integrations/standings.service.js';
import { meaningOf, severityOf } from './quality.js';
import type { SourceFacts } from './source-stretches.js';
import { bounded, type Stretch, type Window, worstOf } from './stretches.js';
import { type Summary, summaryOf } from './summary.js';

/** Whoever saw the window, and what that comes to. */
interface Seen {
  summary: Summary;
  /** They may overlap: the worst of each moment is true. */
  stretches: Stretch[];
}

export interface SeenSource extends Seen {
  facts: SourceFacts;
}

/** An integration, and how all of its sources together saw the window. */
export interface SeenIntegration extends Seen {
  integration: IntegrationStanding;
  sources: SeenSource[];
}

const instant = (ms: number) => new Date(ms).toISOString();

/** All of it as it is told, within the bounds of an answer. */
export function told(
  seen: readonly SeenIntegration[],
  stretches: Stretch[],
  { window, nowMs }: { window: Window; nowMs: number },
): Coverage {
  const isEmpty = window.fromMs === window.toMs;
  const gaps = isEmpty ? [] : seen.flatMap(({ sources }) => sources).filter(hasGap);
  const named = gaps.filter(({ facts }) => facts.source !== null);
  const worst = named.sort(byWorst).slice(0, limits.coverageGaps).flatMap(toSource);
  const integrations = seen.map(toIntegration);
  return {
    from: instant(window.fromMs),
    to: instant(window.toMs),
    now: instant(nowMs),
    ...toSeen({ stretches, summary: summaryOf(stretches, window) }),
    sources: sumOf(integrations.map(({ sources }) => sources)),
    integrations,
    gaps: worst,
    more_gaps: gaps.reduce((sum, { facts }) => sum + facts.count, 0) - worst.length,
  };
}

function toIntegration({ integration, sources, ...seen }: SeenIntegration): IntegrationCoverage {
  const { id, name, type } = integration;
  const live = sources.filter(({ facts }) => !facts.gone);
  const counts = live.map(({ facts: { count }, summary }) => ({
    ...none,
    total: count,
    [summary.verdict]: count,
  }));
  return { integration_id: encodeId('int', id), name, type, ...toSeen(seen), sources: sumOf(counts) };
}

/** Those that stand together are not told one by one. */
function toSource({ facts, ...seen }: SeenSource): SourceCoverage[] {
  const { integrationId, source, project } = facts;
  if (source === null) return [];
  return [{ integration_id: encodeId('int', integrationId), source, project, ...toSeen(seen) }];
}

function toSeen({
  summary: { verdict, completeUntilMs },
  stretches,
}: Seen): Pick<SourceCoverage, 'verdict' | 'complete_until' | 'stretches'> {
  return {
    verdict,
    complete_until: completeUntilMs === undefined ? null : instant(completeUntilMs),
    stretches: toStretches(bounded(worstOf(stretches), limits.stretches)),
  };
}

/** Qualities that are told by one word, for one reason, are one stretch. */
function toStretches(stretches: readonly Stretch[]): CoverageStretch[] {
  const result: CoverageStretch[] = [];
  for (const { fromMs, toMs, quality, reason } of stretches) {
    const { kind } = meaningOf(quality);
    const last = result.at(-1);
    if (last?.kind === kind && last.reason === reason) last.to = instant(toMs);
    else
      result.push({
        from: instant(fromMs),
        to: instant(toMs),
        kind,
        ...(reason !== undefined && { reason }),
      });
  }
  return result;
}

const none: SourceCounts = { total: 0, complete: 0, late: 0, blind: 0, not_connected: 0 };

function sumOf(counts: readonly SourceCounts[]): SourceCounts {
  const sum = { ...none };
  for (const { total, complete, late, blind, not_connected } of counts) {
    sum.total += total;
    sum.complete += complete;
    sum.late += late;
    sum.blind += blind;
    sum.not_connected += not_connected;
  }
  return sum;
}

function hasGap({ summary }: SeenSource): boolean {
  return summary.verdict !== 'complete';
}

/** By the verdict, then by when something begins to be missing. */
function byWorst({ summary: one }: SeenSource, { summary: other }: SeenSource): number {
  return (
    severityOf(other.verdict) - severityOf(one.verdict) ||
    (one.completeUntilMs ?? 0) - (other.completeUntilMs ?? 0)
  );
}
