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
import { meaningOf, severityOf, worstVerdict } from './quality.js';
import type { SourceFacts } from './source-stretches.js';
import { bounded, completeUntil, type Stretch, type Window } from './stretches.js';

/** A source, and how it saw the window. */
export interface SeenSource {
  facts: SourceFacts;
  stretches: Stretch[];
}

/** An integration, and how all of its sources together saw the window. */
export interface SeenIntegration {
  integration: IntegrationStanding;
  sources: SeenSource[];
  stretches: Stretch[];
}

type Seen = Pick<SourceCoverage, 'verdict' | 'complete_until' | 'stretches'>;

const instant = (ms: number) => new Date(ms).toISOString();

/** All of it as it is told, within the bounds of an answer. */
export function told(
  seen: readonly SeenIntegration[],
  stretches: readonly Stretch[],
  { window, nowMs }: { window: Window; nowMs: number },
): Coverage {
  const gaps = seen.flatMap(({ sources }) => sources).filter(hasGap);
  const worst = gaps.sort(byWorst).slice(0, limits.coverageGaps);
  const integrations = seen.map(toIntegration);
  return {
    from: instant(window.fromMs),
    to: instant(window.toMs),
    now: instant(nowMs),
    ...toSeen(stretches),
    sources: sumOf(integrations.map(({ sources }) => sources)),
    integrations,
    gaps: worst.map(toSource),
    more_gaps: gaps.length - worst.length,
  };
}

function toIntegration({ integration, sources, stretches }: SeenIntegration): IntegrationCoverage {
  const { id, name, type } = integration;
  const live = sources.filter(({ facts }) => !facts.gone);
  return {
    integration_id: encodeId('int', id),
    name,
    type,
    ...toSeen(stretches),
    sources: sumOf(live.map((source) => ({ ...none, total: 1, [verdictOf(source.stretches)]: 1 }))),
    stretches: toStretches(stretches),
  };
}

function toSource({ facts, stretches }: SeenSource): SourceCoverage {
  const { integrationId, source, project } = facts;
  return { integration_id: encodeId('int', integrationId), source, project, ...toSeen(stretches) };
}

/** Of what nobody has seen anything of, such as the future, nothing can be said. */
function verdictOf(stretches: readonly Stretch[]): Seen['verdict'] {
  if (stretches.length === 0) return 'not_connected';
  return worstVerdict(stretches.map(({ quality }) => meaningOf(quality).verdict));
}

function toSeen(stretches: readonly Stretch[]): Seen {
  const until = completeUntil(stretches);
  return {
    verdict: verdictOf(stretches),
    complete_until: until === undefined ? null : instant(until),
    stretches: toStretches(stretches),
  };
}

/** Qualities that are told by one word, for one reason, are one stretch. */
function toStretches(stretches: readonly Stretch[]): CoverageStretch[] {
  const result: CoverageStretch[] = [];
  for (const { fromMs, toMs, quality, reason } of bounded(stretches, limits.stretches)) {
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
  for (const count of counts)
    for (const key of Object.keys(sum) as (keyof SourceCounts)[]) sum[key] += count[key];
  return sum;
}

function hasGap({ stretches }: SeenSource): boolean {
  return stretches.some(({ quality }) => meaningOf(quality).verdict !== 'complete');
}

/** By the verdict, then by when something begins to be missing. */
function byWorst(one: SeenSource, other: SeenSource): number {
  const severity = ({ stretches }: SeenSource) => severityOf(verdictOf(stretches));
  const since = ({ stretches }: SeenSource) => completeUntil(stretches) ?? 0;
  return severity(other) - severity(one) || since(one) - since(other);
}
