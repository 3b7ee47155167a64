import { Injectable } from '@nestjs/common';
import type { Coverage, CoverageQuery } from '@painchain/contract';
import { Clock } from '../config/clock.js';
import { encodeId } from '../database/opaque-id.js';
import { type IntegrationStanding, StandingsService } from '../integrations/standings.service.js';
import { ProblemError } from '../problem/problem-error.js';
import { RetentionService } from '../retention/retention.service.js';
import { CoverageRepository, TooManySpellsError } from './coverage.repository.js';
import { idleReason, type SourceFacts, sourceStretches, type Spell } from './source-stretches.js';
import { type Stretch, type Window, worstOf, within } from './stretches.js';
import { summaryOf } from './summary.js';
import { type SeenIntegration, told } from './told.js';

/** The window that is looked at, since when events of it are kept, and the instant at which it is. */
interface Look {
  window: Window;
  keptSinceMs: number;
  nowMs: number;
}

@Injectable()
export class CoverageService {
  constructor(
    private readonly coverages: CoverageRepository,
    private readonly standings: StandingsService,
    private readonly retention: RetentionService,
    private readonly clock: Clock,
  ) {}

  /** How completely a window was seen. Throws `invalid` when it is empty, or misses more than can be told. */
  async coverage(tenantId: number, query: CoverageQuery): Promise<Coverage> {
    const keptSinceMs = this.retention.oldestAllowed()?.getTime() ?? -Infinity;
    const look = { ...lookOf(query, this.clock.now().getTime()), keptSinceMs };
    const standings = (await this.standings.list(tenantId)).filter((standing) => isAsked(standing, query));
    const reading = this.coverages.read(tenantId, {
      ids: standings.map(({ id }) => id),
      idle: standings.filter((standing) => idleReason(standing) !== undefined).map(({ id }) => id),
      projects: query.project,
      ...look,
    });
    const { sources, spells } = await reading.catch((error: unknown) => {
      throw error instanceof TooManySpellsError ? tooMuchMissed() : error;
    });
    const [sourcesOf, spellsOf] = [groupsOf(sources, integrationOf), groupsOf(spells, integrationOf)];
    const seen = standings.flatMap((integration) => {
      const own = sourcesOf.get(integration.id) ?? [];
      // It has sources, and none of them can tell of what is asked about.
      if (own.length === 0 && integration.hasSources) return [];
      return [seenBy(integration, own, spellsOf.get(integration.id) ?? [], look)];
    });
    return told(seen, together(seen, look), look);
  }
}

function lookOf({ from, to }: CoverageQuery, nowMs: number): Omit<Look, 'keptSinceMs'> {
  const fromMs = Date.parse(from.toUpperCase());
  const toMs = to === undefined ? Math.max(nowMs, fromMs) : Date.parse(to.toUpperCase());
  if (to !== undefined && toMs <= fromMs) {
    throw new ProblemError('invalid', 'The time range is empty: from must be before to.', {
      errors: [{ pointer: '/from', detail: 'must be before to' }],
    });
  }
  // What lies in the future nobody can have seen: such a window is empty.
  return { window: { fromMs, toMs: Math.max(fromMs, Math.min(toMs, nowMs)) }, nowMs };
}

function tooMuchMissed(): ProblemError {
  const detail =
    'More was missed in this time than can be told. Ask about less of it, or about one integration.';
  return new ProblemError('invalid', detail, {
    errors: [{ pointer: '/from', detail: 'must be later, or less must be asked about' }],
  });
}

function isAsked({ id, type }: IntegrationStanding, { connector, integration }: CoverageQuery): boolean {
  return (
    (connector === undefined || connector.includes(type)) &&
    (integration === undefined || integration.includes(encodeId('int', id)))
  );
}

function seenBy(
  integration: IntegrationStanding,
  facts: readonly SourceFacts[],
  spells: readonly Spell[],
  look: Look,
): SeenIntegration {
  const spellsOf = groupsOf(spells, ({ source }) => source);
  const { kept, forgotten } = split(look);
  const sources = facts.map((source) => {
    const own = spellsOf.get(source.source) ?? [];
    const seen = sourceStretches(source, own, integration, { window: kept, nowMs: look.nowMs });
    const stretches = [...forgotten, ...seen];
    return { facts: source, stretches, summary: summaryOf(stretches, look.window) };
  });
  const seen = sources.flatMap(({ stretches }) => stretches);
  const stretches = worstOf([...seen, ...withoutSources(integration, facts, look)]);
  return { integration, sources, stretches, summary: summaryOf(stretches, look.window) };
}

/** Whoever saw what is deleted by now saw it for nothing. */
function split({ window, keptSinceMs }: Look): { kept: Window; forgotten: Stretch[] } {
  const reason = 'Events of that time are no longer kept.';
  const forgotten: Stretch = { fromMs: -Infinity, toMs: keptSinceMs, quality: 'blind', reason };
  return {
    kept: { ...window, fromMs: Math.max(window.fromMs, keptSinceMs) },
    forgotten: within(window, [forgotten]),
  };
}

/** Since it has no source any more, or as long as it never had one, nobody looks. */
function withoutSources(
  integration: IntegrationStanding,
  facts: readonly SourceFacts[],
  { window }: Look,
): Stretch[] {
  if (facts.some(({ gone }) => !gone)) return [];
  const fromMs = Math.max(-Infinity, ...facts.map(({ watermarkMs }) => watermarkMs ?? -Infinity));
  const reason = idleReason(integration) ?? integration.trouble ?? 'It has no source yet.';
  return within(window, [{ fromMs, toMs: Infinity, quality: 'not_connected', reason }]);
}

/** What all integrations together have seen; without any nobody looks. */
function together(seen: readonly SeenIntegration[], { window }: Look): Stretch[] {
  if (seen.length > 0) return worstOf(seen.flatMap(({ stretches }) => stretches));
  return within(window, [{ ...window, quality: 'not_connected', reason: 'Nothing is connected.' }]);
}

const integrationOf = ({ integrationId }: { integrationId: string }) => integrationId;

function groupsOf<T, Key>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
