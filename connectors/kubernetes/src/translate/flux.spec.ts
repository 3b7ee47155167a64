import type { JsonObject } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allNoise, cluster, instantAt } from '../testing/workload-life.js';
import type { FieldManager, Kept } from './facts.js';
import { translateFlux } from './flux.js';
import { keepFlux } from './kept-flux.js';

const [one, two] = ['1'.repeat(40), '2'.repeat(40)].map((sha) => `main@sha1:${sha}`);

interface Wanted {
  applied?: string | undefined;
  tried?: string | undefined;
  ready?: 'True' | 'False' | 'Unknown';
  reason?: string;
  suspend?: boolean;
  path?: string;
  generation?: number;
  since?: number;
}

function kustomization(wanted: Wanted): JsonObject {
  const {
    applied = one,
    ready = 'True',
    reason = 'ReconciliationSucceeded',
    suspend,
    path = './apps',
    generation = 1,
    since = 0,
  } = wanted;
  const { tried = applied } = wanted;
  return {
    metadata: {
      uid: 'uid-k',
      name: 'apps',
      namespace: 'flux-system',
      generation,
      annotations: { 'reconcile.fluxcd.io/requestedAt': String(since) },
    },
    spec: {
      path,
      sourceRef: { kind: 'GitRepository', name: 'deploy' },
      ...(suspend !== undefined && { suspend }),
    },
    status: {
      conditions: [
        {
          type: 'Ready',
          status: ready,
          reason,
          message: `${reason}\nand more`,
          lastTransitionTime: instantAt(since),
        },
      ],
      lastAppliedRevision: applied ?? '',
      lastAttemptedRevision: tried ?? '',
    },
  };
}

const kept = (wanted: Wanted, before?: Kept | null) =>
  keepFlux(kustomization(wanted), allNoise, before ?? undefined) ?? null;

function told(
  before: Kept | null,
  after: Kept | null,
  managers: FieldManager[] = [],
  kind = 'Kustomization',
) {
  const translation = translateFlux(kind, { before, after, managers }, cluster, { at: instantAt(1_000) });
  return translation.kind === 'events' ? translation.events : [];
}

function change(to: Wanted, from: Wanted = {}, managers: FieldManager[] = []) {
  const before = kept(from);
  return told(before, kept(to, before), managers);
}

describe('a Kustomization', () => {
  it('applies a revision', () => {
    expect(change({ applied: two, since: 50 })).toMatchObject([
      {
        title: 'Kustomization apps applied 11111111 → 22222222',
        type: 'flux_applied',
        subject: 'prod/flux-system/kustomization/apps',
        actor: 'Flux',
        status: 'success',
        timestamp: instantAt(50),
        refs: [`commit:${'2'.repeat(40)}`, 'env:production'],
        data: { revision: { old: one, new: two }, branch: 'main', source: { name: 'deploy' } },
      },
    ]);
  });

  it('applies an image of OCI, which is no commit, and tells what it was made from', () => {
    const revision = `latest@sha256:${'a'.repeat(64)}`;
    const given = kustomization({ applied: revision });
    const status = { ...Object(given['status']), lastAppliedOriginRevision: two };
    const before = kept({});
    const after = keepFlux({ ...given, status }, allNoise, before ?? undefined) ?? null;
    expect(told(before, after)).toMatchObject([
      { refs: [`commit:${'2'.repeat(40)}`, 'env:production'], data: { origin_revision: two } },
    ]);
  });

  it('fails once by each reason, and is ready again', () => {
    const before = kept({});
    const failed = kept({ ready: 'False', reason: 'BuildFailed', tried: two, since: 50 }, before);
    const trying = kept({ ready: 'Unknown', reason: 'Progressing', tried: two, since: 60 }, failed);
    const again = kept({ ready: 'False', reason: 'BuildFailed', tried: two, since: 70 }, trying);
    const well = kept({ since: 80 }, again);
    expect(again).toEqual(failed);
    expect([told(before, failed), told(failed, trying), told(again, well)]).toMatchObject([
      [
        {
          title: 'Kustomization apps failed: BuildFailed',
          type: 'flux_failed',
          severity: 'error',
          timestamp: instantAt(50),
          refs: [`commit:${'2'.repeat(40)}`, 'env:production'],
        },
      ],
      [],
      [
        {
          title: 'Kustomization apps ready again',
          type: 'flux_recovered',
          timestamp: instantAt(80),
          data: { was: 'BuildFailed' },
        },
      ],
    ]);
  });

  it('waits for another one without telling', () => {
    expect(change({ ready: 'False', reason: 'DependencyNotReady', since: 50 })).toEqual([]);
  });

  it('is suspended and resumed, by somebody', () => {
    const manager = {
      manager: 'flux',
      operation: 'Update',
      time: instantAt(40),
      fields: { 'f:spec': { 'f:suspend': {} } },
    };
    expect(change({ suspend: true, generation: 2 }, {}, [manager])).toMatchObject([
      {
        title: 'Kustomization apps suspended',
        type: 'flux_suspended',
        actor: 'Flux',
        timestamp: instantAt(40),
        data: { manager: 'flux', suspended: { old: false, new: true } },
      },
    ]);
    expect(change({ suspend: false, generation: 3 }, { suspend: true, generation: 2 })).toMatchObject([
      { type: 'flux_resumed' },
    ]);
  });

  it('is edited', () => {
    expect(change({ path: './prod', generation: 2 })).toMatchObject([
      { title: 'Kustomization apps edited: path ./apps → ./prod', type: 'object_edited' },
    ]);
  });

  it('is kept alike while it is only looked at', () => {
    const before = kept({});
    expect(kept({ since: 300 }, before)).toEqual(before);
  });

  it('tells each turn of any life once', () => {
    const wanted = fc.record({
      applied: fc.constantFrom(one, two),
      ready: fc.constantFrom('True' as const, 'False' as const, 'Unknown' as const),
    });
    fc.assert(
      fc.property(fc.array(wanted, { maxLength: 20 }), (life) => {
        let before = kept({});
        let [applied, failing] = [one, new Set<string | undefined>()];
        const keys: string[] = [];
        life.forEach((wish, index) => {
          const reason = wish.ready === 'False' ? 'BuildFailed' : 'Other';
          const after = kept(
            {
              ...wish,
              reason,
              since: (index + 1) * 10,
              ...(wish.ready === 'Unknown' && { reason: 'Progressing' }),
            },
            before,
          );
          const applies = wish.applied !== applied;
          const fails = wish.ready === 'False' && !failing.has(wish.applied);
          const recovers = wish.ready === 'True' && failing.size > 0 && !applies;
          if (wish.ready === 'True') failing = new Set();
          if (fails) failing.add(wish.applied);
          applied = wish.applied;
          const events = told(before, after);
          expect(events).toHaveLength([applies, fails, recovers].filter(Boolean).length);
          keys.push(...events.map(({ key_parts }) => key_parts.join(' ')));
          before = after;
        });
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});

describe('a HelmRelease', () => {
  const release = (version: number, chartVersion: string, appVersion: string): JsonObject => ({
    chartVersion,
    appVersion,
    version,
    status: 'deployed',
    lastDeployed: instantAt(version),
  });
  const with_ = (...history: JsonObject[]) =>
    keepFlux(
      { metadata: { uid: 'uid-h', name: 'api', namespace: 'shop' }, spec: {}, status: { history } },
      allNoise,
    ) ?? null;

  it('tells which chart it has released', () => {
    const [before, after] = [
      with_(release(4, '2.0.0', '1.4.1')),
      with_({ ...release(6, '2.2.0', '1.5.0'), status: 'failed' }, release(5, '2.1.0', '1.4.2')),
    ];
    expect(told(before, after, [], 'HelmRelease')).toMatchObject([
      {
        title: 'HelmRelease api applied 2.0.0 → 2.1.0',
        timestamp: instantAt(5),
        refs: ['version:api@1.4.2', 'env:production'],
        data: { helm_revision: { old: 4, new: 5 }, app_version: { old: '1.4.1', new: '1.4.2' } },
      },
    ]);
  });
});
