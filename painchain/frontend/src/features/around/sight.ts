import type { CoverageInterval, IntegrationView, SourceStatus } from '@painchain/contract';

/** A stretch of the window in which something may have happened that is not shown. */
export type Gap = {
  /** The integration. */
  name: string;
  /** Its sources that were not seen, by what people call them; none when it has never had any. */
  sources: string[];
  fromMs: number;
  toMs: number;
  why: string | undefined;
};

/** What the sources say of how completely a window was seen. */
export type Sight = {
  gaps: Gap[];
  /** Sources that were connected by then and have no gap, and up to when all of them were seen. */
  whole: number;
  wholeUntilMs: number;
  /** Integrations that were connected only after the window's beginning. */
  connectedLater: { name: string; atMs: number }[];
};

/** A healthy source may be this far behind: it is asked again in a moment. */
const usualLagMs = 5 * 60_000;

type Window = { fromMs: number; toMs: number };

/** How completely a window was seen, as far as the sources tell. What lies after `now` can't be seen yet. */
export function sightOf(integrations: readonly IntegrationView[], window: Window, now: number): Sight {
  const seen: Window = { fromMs: window.fromMs, toMs: Math.min(window.toMs, now) };
  const gaps: Gap[] = [];
  let whole = 0;
  let wholeUntilMs = seen.toMs;
  if (seen.fromMs >= seen.toMs) return { gaps, whole, wholeUntilMs, connectedLater: [] };
  for (const integration of integrations) {
    const { name, sources } = integration;
    if (sources.length === 0) {
      gaps.push({ name, sources: [], ...seen, why: integration.trouble?.detail });
      continue;
    }
    for (const source of sources) {
      const gap = gapOf(source, integration, seen);
      if (gap) gaps.push(gap);
      else if (Date.parse(integration.registered_at) < seen.toMs) {
        whole += 1;
        wholeUntilMs = Math.min(wholeUntilMs, msOf(source.watermark) ?? seen.toMs);
      }
    }
  }
  return { gaps: merged(gaps), whole, wholeUntilMs, connectedLater: connectedLater(integrations, seen) };
}

/** What was made out afterwards tells how it ended, and not all that happened meanwhile. */
const incomplete: readonly CoverageInterval['kind'][] = ['blind', 'reconstructed'];

function gapOf(source: SourceStatus, integration: IntegrationView, seen: Window): Gap | undefined {
  const blind = source.intervals
    .filter(({ kind }) => incomplete.includes(kind))
    .map(({ from, to, reason }) => ({ fromMs: Date.parse(from), toMs: Date.parse(to), reason }));
  const watermark = msOf(source.watermark);
  const isBehind = watermark === undefined || watermark < seen.toMs - allowedLag(source, integration);
  const unseen = isBehind ? [{ fromMs: watermark ?? seen.fromMs, toMs: seen.toMs, reason: undefined }] : [];
  const parts = [...blind, ...unseen].filter((part) => part.fromMs < seen.toMs && part.toMs > seen.fromMs);
  if (parts.length === 0) return undefined;
  const trouble = source.trouble ?? integration.trouble;
  return {
    name: integration.name,
    sources: [source.project ?? source.source],
    fromMs: Math.max(seen.fromMs, Math.min(...parts.map(({ fromMs }) => fromMs))),
    toMs: Math.min(seen.toMs, Math.max(...parts.map(({ toMs }) => toMs))),
    why: parts.find(({ reason }) => reason !== undefined)?.reason ?? trouble?.detail,
  };
}

function allowedLag(source: SourceStatus, { health }: IntegrationView): number {
  return source.state === 'healthy' && health === 'healthy' ? usualLagMs : 0;
}

/** The sources of one integration that were not seen in the very same stretch, said once; the longest first. */
function merged(gaps: readonly Gap[]): Gap[] {
  const byStretch = new Map<string, Gap>();
  for (const gap of gaps) {
    const key = JSON.stringify([gap.name, gap.fromMs, gap.toMs, gap.why]);
    const before = byStretch.get(key);
    byStretch.set(key, before ? { ...before, sources: [...before.sources, ...gap.sources] } : gap);
  }
  const length = ({ fromMs, toMs }: Gap) => toMs - fromMs;
  return [...byStretch.values()].sort((one, other) => length(other) - length(one));
}

function connectedLater(integrations: readonly IntegrationView[], seen: Window) {
  return integrations
    .filter(({ sources }) => sources.length > 0)
    .map(({ name, registered_at }) => ({ name, atMs: Date.parse(registered_at) }))
    .filter(({ atMs }) => atMs > seen.fromMs);
}

function msOf(instant: string | null): number | undefined {
  return instant === null ? undefined : Date.parse(instant);
}
