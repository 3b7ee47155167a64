import type { JsonObject } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allNoise, cluster, instantAt } from '../testing/workload-life.js';
import { translateApplication } from './argo.js';
import type { Kept } from './facts.js';
import { keepApplication } from './kept-application.js';

const [one, two] = ['1'.repeat(40), '2'.repeat(40)];

interface Wanted {
  revision?: string;
  phase?: string;
  /** When the synchronization began. */
  began?: number;
  by?: JsonObject;
  message?: string;
  health?: string;
  target?: string;
  /** When Argo CD has last looked. */
  look?: number;
}

function applicationWith(wanted: Wanted): JsonObject {
  const {
    revision = one,
    phase = 'Succeeded',
    began = 0,
    by = { automated: true },
    message,
    health = 'Healthy',
    target = 'main',
    look = 0,
  } = wanted;
  return {
    metadata: {
      uid: 'uid-a',
      name: 'web',
      namespace: 'argocd',
      generation: 100 + look,
      annotations: { 'argocd.argoproj.io/refresh': String(look) },
    },
    spec: {
      destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
      source: { repoURL: 'https://git.acme.test/acme/deploy', path: 'web', targetRevision: target },
    },
    status: {
      reconciledAt: instantAt(look),
      health: { status: health },
      sync: { status: 'Synced', revision },
      operationState: {
        phase,
        ...(message && { message }),
        startedAt: instantAt(began),
        ...(phase !== 'Running' && { finishedAt: instantAt(began + 5) }),
        operation: { initiatedBy: by, sync: { revision } },
        syncResult: { revision },
      },
    },
  };
}

const kept = (wanted: Wanted, before?: Kept | null) =>
  keepApplication(applicationWith(wanted), allNoise, before ?? undefined) ?? null;

function told(before: Kept | null, after: Kept | null) {
  const translation = translateApplication({ before, after, managers: [] }, cluster, {
    at: instantAt(1_000),
  });
  return translation.kind === 'events' ? translation.events : [];
}

function change(to: Wanted, from: Wanted = {}) {
  const before = kept(from);
  return told(before, kept(to, before));
}

describe('an Application', () => {
  it('is synchronized from one revision to another, by itself', () => {
    expect(change({ revision: two, began: 50 })).toMatchObject([
      {
        key_parts: ['cluster-uid', 'uid-a', 'sync', instantAt(50), 'Succeeded'],
        title: 'web synced automatically: 11111111 → 22222222',
        type: 'argo_synced',
        project: 'prod/argocd',
        subject: 'prod/argocd/application/web',
        actor: 'Argo CD',
        status: 'success',
        timestamp: instantAt(55),
        refs: [`commit:${two}`, 'env:production'],
        data: {
          revision: { old: one, new: two },
          automated: true,
          destination: { namespace: 'shop' },
          sources: [{ repoURL: 'https://git.acme.test/acme/deploy', path: 'web', targetRevision: 'main' }],
        },
      },
    ]);
  });

  it('is synchronized by somebody', () => {
    expect(change({ began: 50, by: { username: 'ada' } })).toMatchObject([
      {
        title: 'web synced to 11111111 again',
        actor: 'ada',
        data: { automated: false, initiated_by: 'ada' },
      },
    ]);
  });

  it('can’t be synchronized', () => {
    const message = 'one or more objects failed to apply\nand more';
    expect(change({ revision: two, began: 50, phase: 'Failed', message })).toMatchObject([
      {
        title: 'Sync of web failed: one or more objects failed to apply',
        type: 'argo_sync_failed',
        status: 'failure',
        severity: 'error',
        data: { message },
      },
    ]);
  });

  it('degrades, and is healthy again, whatever comes in between', () => {
    const healthy = kept({});
    const degraded = kept({ health: 'Degraded', look: 10 }, healthy);
    const progressing = kept({ health: 'Progressing', look: 20 }, degraded);
    const again = kept({ look: 30 }, progressing);
    expect([told(healthy, degraded), told(degraded, progressing), told(progressing, again)]).toMatchObject([
      [{ title: 'web degraded', type: 'argo_degraded', timestamp: instantAt(10) }],
      [],
      [{ title: 'web healthy again', type: 'argo_healthy', timestamp: instantAt(30) }],
    ]);
  });

  it('is edited', () => {
    expect(change({ target: 'v2' })).toMatchObject([
      { title: 'Application web edited: source.targetRevision main → v2', type: 'object_edited' },
    ]);
  });

  it('is kept alike while it is only looked at, or being synchronized', () => {
    const before = kept({});
    expect(kept({ look: 300 }, before)).toEqual(before);
    expect(kept({ look: 310, began: 305, phase: 'Running' }, before)).toEqual(before);
  });

  it('tells each end of a synchronization and each turn of its health once in any life', () => {
    const wanted = fc.record({
      revision: fc.constantFrom(one, two),
      phase: fc.constantFrom('Running', 'Succeeded', 'Failed'),
      anew: fc.boolean(),
      health: fc.constantFrom('Healthy', 'Degraded', 'Progressing'),
    });
    fc.assert(
      fc.property(fc.array(wanted, { maxLength: 20 }), (life) => {
        let before = kept({});
        let [health, began] = ['Healthy', 0];
        const keys: string[] = [];
        life.forEach(({ anew, ...wish }, index) => {
          const look = (index + 1) * 10;
          const isNew = anew && wish.phase !== 'Running';
          if (anew) began = look;
          const phase = anew ? wish.phase : 'Running';
          const after = kept({ ...wish, phase, began, look }, before);
          const turns = wish.health !== 'Progressing' && wish.health !== health;
          if (turns) health = wish.health;
          const events = told(before, after);
          expect(events).toHaveLength(Number(isNew) + Number(turns));
          keys.push(...events.map(({ key_parts }) => key_parts.join(' ')));
          before = after;
        });
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
