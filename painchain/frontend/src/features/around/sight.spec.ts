import type { IntegrationView, SourceStatus } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sightOf } from './sight.js';

const minute = 60_000;
const now = Date.parse('2026-11-24T12:00:00Z');
const iso = (ms: number) => new Date(ms).toISOString();
const window = { fromMs: now - 60 * minute, toMs: now };

function source(part: Partial<SourceStatus> = {}): SourceStatus {
  return {
    source: 'api',
    project: 'acme/api',
    state: 'healthy',
    watermark: iso(now - 20_000),
    last_sync: iso(now - 20_000),
    next_sync: iso(now + 20_000),
    lag_seconds: 20,
    rate_limit: null,
    progress: null,
    trouble: null,
    intervals: [],
    ...part,
  };
}

function integration(sources: SourceStatus[], part: Partial<IntegrationView> = {}): IntegrationView {
  return {
    id: 'int_1',
    type: 'ci',
    name: 'build farm',
    group: null,
    config: {},
    status: 'active',
    health: 'healthy',
    managed_by: 'api',
    file: null,
    registered_at: iso(now - 90 * 24 * 60 * minute),
    updated_at: iso(now),
    last_sync: iso(now),
    last_event_at: null,
    last_heartbeat: iso(now),
    connector_id: null,
    sources,
    trouble: null,
    drift: null,
    ...part,
  };
}

describe('how completely a window was seen', () => {
  it('is whole up to where every source has been seen', () => {
    const sources = [source(), source({ watermark: iso(now - 50_000) })];
    expect(sightOf([integration(sources)], window, now)).toEqual({
      gaps: [],
      whole: 2,
      wholeUntilMs: now - 50_000,
      connectedLater: [],
    });
  });

  it('has a gap from the watermark of a source that is failing, even a small one', () => {
    const failing = source({ state: 'failing', watermark: iso(now - 3 * minute) });
    const { gaps, whole } = sightOf([integration([failing, source()])], window, now);
    expect(gaps).toEqual([
      { name: 'build farm', sources: ['acme/api'], fromMs: now - 3 * minute, toMs: now, why: undefined },
    ]);
    expect(whole).toBe(1);
  });

  it('has a gap where a source that calls itself healthy is far behind', () => {
    const behind = source({ watermark: iso(now - 14 * minute) });
    expect(sightOf([integration([behind])], window, now).gaps).toHaveLength(1);
  });

  it('has none where what is late was seen up to the end of the window', () => {
    const late = source({ state: 'late', watermark: iso(now - 14 * minute) });
    const past = { fromMs: now - 90 * minute, toMs: now - 30 * minute };
    expect(sightOf([integration([late])], past, now)).toMatchObject({ gaps: [], wholeUntilMs: past.toMs });
  });

  it('has a gap for a stretch that a source says it was blind in, with its reason', () => {
    const blind = source({
      intervals: [
        { from: iso(now - 40 * minute), to: iso(now - 30 * minute), kind: 'blind', reason: 'No token.' },
        { from: iso(now - 20 * minute), to: iso(now - 10 * minute), kind: 'late' },
      ],
    });
    expect(sightOf([integration([blind])], window, now).gaps).toEqual([
      {
        name: 'build farm',
        sources: ['acme/api'],
        fromMs: now - 40 * minute,
        toMs: now - 30 * minute,
        why: 'No token.',
      },
    ]);
  });

  it('has one, too, where only the outcome was made out afterwards', () => {
    const intervals = [
      { from: iso(now - 20 * minute), to: iso(now - 10 * minute), kind: 'reconstructed' as const },
    ];
    const sight = sightOf([integration([source({ intervals })])], window, now);
    expect(sight).toMatchObject({ whole: 0, gaps: [{ fromMs: now - 20 * minute }] });
  });

  it('is not known at all for what has never been seen', () => {
    const never = integration([], { health: 'never_connected' });
    expect(sightOf([never], window, now).gaps).toMatchObject([{ sources: [], ...window }]);
    const starting = integration([source({ state: 'starting', watermark: null })]);
    expect(sightOf([starting], window, now).gaps).toMatchObject([{ sources: ['acme/api'], ...window }]);
  });

  it('says once what holds for several sources of an integration', () => {
    const failing = source({ state: 'failing', watermark: iso(now - 9 * minute) });
    const { gaps } = sightOf([integration([failing, { ...failing, project: 'acme/web' }])], window, now);
    expect(gaps.map(({ sources }) => sources)).toEqual([['acme/api', 'acme/web']]);
  });

  it('names what was connected only later', () => {
    const young = integration([source()], { registered_at: iso(now - minute) });
    expect(sightOf([young], window, now).connectedLater).toEqual([
      { name: 'build farm', atMs: now - minute },
    ]);
    const before = { fromMs: now - 60 * minute, toMs: now - 30 * minute };
    expect(sightOf([young], before, now)).toMatchObject({ gaps: [], whole: 0 });
  });

  it('claims nothing of a window that lies ahead, and no gap ever leaves its window', () => {
    expect(sightOf([integration([])], { fromMs: now, toMs: now + minute }, now).gaps).toEqual([]);
    const instants = fc.integer({ min: -120, max: 30 }).map((minutes) => iso(now + minutes * minute));
    const sources = fc.record({
      state: fc.constantFrom('starting', 'healthy', 'late', 'failing', 'action_required'),
      watermark: fc.option(instants),
      intervals: fc.array(
        fc
          .tuple(instants, instants, fc.constantFrom('complete', 'late', 'blind', 'reconstructed'))
          .map(([one, other, kind]) => ({
            from: one < other ? one : other,
            to: one < other ? other : one,
            kind,
          })),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(fc.array(sources, { maxLength: 4 }), (parts) => {
        const sight = sightOf(
          [integration(parts.map((part) => source(part as Partial<SourceStatus>)))],
          window,
          now,
        );
        for (const { fromMs, toMs } of sight.gaps)
          expect(window.fromMs <= fromMs && fromMs < toMs && toMs <= window.toMs).toBe(true);
        expect(sight.whole + sight.gaps.flatMap((gap) => gap.sources).length).toBe(parts.length);
      }),
    );
  });
});
