import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningOf } from './quality.js';
import { type SourceFacts, sourceStretches, type Spell } from './source-stretches.js';
import { worstOf } from './stretches.js';

const minute = 60_000;
const nowMs = Date.parse('2026-11-24T11:00:00Z');
const hour = { fromMs: nowMs - 60 * minute, toMs: nowMs };
const ago = (minutes: number) => nowMs - minutes * minute;

const integration = {
  id: '1',
  type: 'vault',
  name: 'Main',
  enabled: true,
  orphaned: false,
  trouble: null,
  lastHeartbeatMs: nowMs - 5_000,
  hasSources: true,
};

const healthy: SourceFacts = {
  integrationId: '1',
  source: 'one',
  count: 1,
  project: null,
  connectedMs: ago(10_000),
  watermarkMs: ago(1),
  lastSyncMs: ago(1),
  dueMs: nowMs,
  intervalMs: minute,
  state: 'healthy',
  trouble: null,
  gone: false,
};

const spell = (from: number, to: number, kind: Spell['kind'], reason: string | null = null): Spell => ({
  integrationId: '1',
  source: 'one',
  fromMs: ago(from),
  toMs: ago(to),
  kind,
  reason,
});

/** As `minutes ago: kind (reason)`. */
function told(facts: object = {}, spells: Spell[] = [], of: object = {}, window = hour): string[] {
  const stretches = worstOf(
    sourceStretches({ ...healthy, ...facts }, spells, { ...integration, ...of }, { window, nowMs }),
  );
  return stretches.map(({ fromMs, quality, reason }) => {
    const why = reason === undefined ? '' : ` (${reason})`;
    return `${(nowMs - fromMs) / minute}: ${meaningOf(quality).kind}${why}`;
  });
}

describe('a source', () => {
  it('that does well is complete up to its watermark, and the next look is not due', () => {
    expect(told()).toEqual(['60: complete', '1: pending']);
    expect(told({}, [], {}, { fromMs: ago(60), toMs: ago(30) })).toEqual(['60: complete']);
  });

  it('was not connected before it was looked at, but for what was made out then', () => {
    const facts = { connectedMs: ago(20) };
    expect(told(facts)).toEqual(['60: not_connected', '20: complete', '1: pending']);
    const first = spell(40, 20, 'reconstructed', 'first look');
    expect(told(facts, [first])).toEqual([
      '60: not_connected',
      '40: reconstructed (first look)',
      '20: complete',
      '1: pending',
    ]);
  });

  it.each([
    [0, '1: pending'],
    [1, '1: pending'],
    [1.1, '1: late (It should have been looked at by 10:58:54 UTC.)'],
    [2.1, '1: blind (It should have been looked at by 10:57:54 UTC.)'],
  ])('that is %s intervals behind its schedule: %s', (missed, expected) => {
    expect(told({ dueMs: ago(missed) }).at(-1)).toBe(expected);
  });

  it('says of a dead connector since when nothing was heard of it', () => {
    const facts = { watermarkMs: ago(20), dueMs: ago(19) };
    const reason = 'Its connector has not been heard of since 10:41:00 UTC.';
    expect(told(facts, [], { lastHeartbeatMs: ago(19) }).at(-1)).toBe(`20: blind (${reason})`);
    const longAgo = { lastHeartbeatMs: ago(24 * 60) };
    expect(told(facts, [], longAgo).at(-1)).toContain('since 2026-11-23 11:00:00 UTC');
  });

  it('without a schedule of its own is measured by heartbeats', () => {
    const watch = { dueMs: null, intervalMs: null, lastSyncMs: ago(1) };
    expect(told(watch).at(-1)).toBe('1: pending');
    const silent = { lastHeartbeatMs: nowMs - 40_000 };
    expect(told(watch, [], silent).at(-1)).toMatch(/^1: late \(Its connector/);
    expect(told({ ...watch, state: 'late' }).at(-1)).toMatch(/^1: late/);
  });

  it('is blind as soon as its trouble is known', () => {
    expect(told({ trouble: 'rate limit' }).at(-1)).toBe('1: blind (rate limit)');
  });

  it('is blind by the trouble of its integration only when it is not looked at meanwhile', () => {
    const of = { trouble: 'no list' };
    expect(told({}, [], of).at(-1)).toBe('1: pending');
    expect(told({ dueMs: ago(0.1) }, [], of).at(-1)).toBe('1: blind (no list)');
  });

  it('of a paused integration, or of a file whose connector is gone, is blind from its watermark on', () => {
    expect(told({}, [], { enabled: false }).at(-1)).toBe('1: blind (The integration is paused.)');
    expect(told({}, [], { orphaned: true }).at(-1)).toMatch(/^1: blind \(No connector runs/);
  });

  it('that was never looked at says why', () => {
    const never = { connectedMs: null, watermarkMs: null };
    expect(told({ ...never, state: 'starting' })).toEqual([
      '60: not_connected (Its first look is under way.)',
    ]);
    expect(told({ ...never, trouble: 'bad token' })).toEqual(['60: not_connected (bad token)']);
  });

  it('that its integration no longer has is not blind for ever', () => {
    const stretches = sourceStretches({ ...healthy, gone: true, watermarkMs: ago(30) }, [], integration, {
      window: hour,
      nowMs,
    });
    expect(stretches.map(({ quality }) => quality)).toEqual(['complete', 'gone']);
  });

  it('keeps its spells: what was caught up with, and what nobody will tell', () => {
    const spells = [spell(40, 30, 'late', 'no connector'), spell(20, 10, 'blind', 'memory lost')];
    expect(told({}, spells)).toEqual([
      '60: complete',
      '40: late (no connector)',
      '30: complete',
      '20: blind (memory lost)',
      '10: complete',
      '1: pending',
    ]);
  });
});

describe('any source', () => {
  const instant = fc.integer({ min: -120, max: 10 }).map((minutes) => nowMs + minutes * minute);
  const anyFacts = fc.record({
    connectedMs: fc.option(instant),
    watermarkMs: fc.option(instant),
    dueMs: fc.option(instant),
    intervalMs: fc.option(fc.integer({ min: 0, max: 10 * minute })),
    trouble: fc.option(fc.constant('trouble')),
    gone: fc.boolean(),
  });
  const anySpell = fc
    .record({ fromMs: instant, length: fc.integer({ min: 1, max: 60 }) })
    .chain(({ fromMs, length }) =>
      fc
        .constantFrom<Spell['kind']>('late', 'blind', 'reconstructed')
        .map((kind) => ({ ...spell(0, 0, kind), fromMs, toMs: fromMs + length * minute })),
    );

  it('has stretches that lie in the window, in order, without gap or overlap', () => {
    fc.assert(
      fc.property(anyFacts, fc.array(anySpell, { maxLength: 8 }), fc.boolean(), (facts, spells, enabled) => {
        const stretches = worstOf(
          sourceStretches(
            { ...healthy, ...facts },
            spells,
            { ...integration, enabled },
            { window: hour, nowMs },
          ),
        );
        expect(stretches[0]?.fromMs).toBe(hour.fromMs);
        expect(stretches.at(-1)?.toMs).toBe(hour.toMs);
        for (const [index, { fromMs, toMs }] of stretches.entries()) {
          expect(fromMs).toBeLessThan(toMs);
          if (index > 0) expect(stretches[index - 1]?.toMs).toBe(fromMs);
        }
      }),
    );
  });
});
