import { gzipSync } from 'node:zlib';
import type { JsonObject } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { helmKinds } from '../kinds/helm.js';
import { releasePayload } from '../kinds/helm-payload.js';
import { cluster, instantAt } from '../testing/workload-life.js';
import type { Kept } from './facts.js';
import { translateHelmRelease } from './helm.js';
import { keepRelease } from './kept-release.js';

const seconds = (second: number) => String(Date.parse(instantAt(second)) / 1_000);

function secretOf(revision: number, status: string, more: JsonObject = {}): JsonObject {
  return {
    type: 'helm.sh/release.v1',
    metadata: {
      uid: `uid-${revision}`,
      name: `sh.helm.release.v1.shop-api.v${revision}`,
      namespace: 'shop',
      creationTimestamp: instantAt(revision),
      labels: {
        owner: 'helm',
        name: 'shop-api',
        version: String(revision),
        status,
        modifiedAt: seconds(revision + 20),
      },
    },
    ...more,
  };
}

function packed(value: unknown): JsonObject {
  const base64 = gzipSync(JSON.stringify(value)).toString('base64');
  return { data: { release: Buffer.from(base64).toString('base64') } };
}

const release = {
  name: 'shop-api',
  info: { description: 'Upgrade complete', notes: 'the password is hunter2' },
  chart: {
    metadata: { name: 'api', version: '2.1.0', appVersion: '1.4.2' },
    values: { password: 'hunter2' },
  },
  config: { password: 'hunter2' },
  manifest: 'kind: Secret # hunter2',
};

const payloads = { unpack: releasePayload, plain: (message: string) => message };
const byLabels = (object: JsonObject, before?: Kept) => keepRelease(object, undefined, before) ?? null;
const byPayload = (object: JsonObject, before?: Kept) => keepRelease(object, payloads, before) ?? null;

function told(before: Kept | null, after: Kept | null) {
  const translation = translateHelmRelease({ before, after, managers: [] }, cluster, { at: instantAt(90) });
  return translation.kind === 'events' ? translation.events : [];
}

describe('a Helm release', () => {
  it('is told without a version that is a whole text', () => {
    const metadata = { ...release.chart.metadata, appVersion: 'x'.repeat(1_000_000) };
    const [event] = told(
      null,
      byPayload(secretOf(2, 'deployed', packed({ ...release, chart: { metadata } }))),
    );
    expect(event?.title).toBe('Helm release shop-api upgraded: chart 2.1.0');
  });

  it.each([
    [1, 'pending-install', 'deployed', 'Helm release shop-api installed: revision 1', 'helm_installed'],
    [5, 'pending-upgrade', 'deployed', 'Helm release shop-api upgraded: revision 5', 'helm_upgraded'],
    [6, 'pending-rollback', 'deployed', 'Helm release shop-api rolled back: revision 6', 'helm_rolled_back'],
    [5, 'pending-upgrade', 'failed', 'Helm release shop-api failed: revision 5', 'helm_failed'],
    [5, 'uninstalling', 'uninstalled', 'Helm release shop-api uninstalled', 'helm_uninstalled'],
    [1, undefined, 'deployed', 'Helm release shop-api installed: revision 1', 'helm_installed'],
    [5, undefined, 'superseded', 'Helm release shop-api upgraded: revision 5', 'helm_upgraded'],
    [5, 'deployed', undefined, 'Helm release shop-api uninstalled', 'helm_uninstalled'],
  ])('revision %i, %s → %s: %s', (revision, from, to, title, type) => {
    const [before, after] = [from, to].map((status) =>
      status ? byLabels(secretOf(revision, status)) : null,
    );
    expect(told(before ?? null, after ?? null).map((event) => [event.title, event.type])).toEqual([
      [title, type],
    ]);
  });

  it.each([
    [undefined, 'pending-upgrade'],
    ['deployed', 'superseded'],
    ['superseded', undefined],
    ['failed', undefined],
    ['uninstalled', undefined],
  ])('is no news on its way, or when an old revision is cleared away: %s → %s', (from, to) => {
    const [before, after] = [from, to].map((status) => (status ? byLabels(secretOf(3, status)) : null));
    expect(told(before ?? null, after ?? null)).toEqual([]);
  });

  it('tells chart and app by its payload, and nothing else of what is in it', () => {
    const after = byPayload(secretOf(5, 'deployed', packed(release)));
    expect(told(byPayload(secretOf(5, 'pending-upgrade', packed(release))), after)).toMatchObject([
      {
        key_parts: ['cluster-uid', 'uid-5', 'upgraded'],
        title: 'Helm release shop-api upgraded: chart 2.1.0, app 1.4.2',
        subject: 'prod/shop/release/shop-api',
        refs: ['version:shop-api@1.4.2', 'version:api@1.4.2', 'env:production'],
        timestamp: instantAt(25),
        data: {
          revision: { old: 4, new: 5 },
          chart: 'api',
          chart_version: '2.1.0',
          app_version: '1.4.2',
          description: 'Upgrade complete',
        },
      },
    ]);
    expect(JSON.stringify(after)).not.toContain('hunter2');
    expect(byLabels(secretOf(5, 'deployed', packed(release)))).not.toHaveProperty('chart');
  });

  it('is known by its payload to be a rollback', () => {
    const back = { ...release, info: { description: 'Rollback to 3' } };
    expect(told(null, byPayload(secretOf(6, 'deployed', packed(back))))).toMatchObject([
      { type: 'helm_rolled_back' },
    ]);
  });

  it.each([
    ['a bomb', packed('0'.repeat(9 * 1024 * 1024))],
    ['no gzip', { data: { release: 'bm9uc2Vuc2U=' } }],
    ['no text', { data: { release: 7 } }],
    ['nothing', {}],
  ])('is told by its labels where its payload is %s', (_, data) => {
    expect(releasePayload(data)).toBeUndefined();
    expect(told(null, byPayload(secretOf(5, 'deployed', data)))).toMatchObject([
      { title: 'Helm release shop-api upgraded: revision 5' },
    ]);
  });

  it('is told by its metadata alone', () => {
    const { type: _, ...metadataOnly } = secretOf(1, 'deployed');
    expect(told(null, byLabels(metadataOnly))).toMatchObject([{ type: 'helm_installed' }]);
  });

  it('is no Secret of another type', () => {
    expect(byLabels({ ...secretOf(1, 'deployed'), type: 'Opaque' })).toBeNull();
  });
});

describe('the kind', () => {
  const options = {
    redact: [],
    noise: () => true,
    secrets: 'off',
    digestKey: 'key',
    autoscalingMinutes: 10,
  } as const;
  const [kind] = helmKinds({ ...options, helm: 'labels' });
  const step = (from: Kept | null, to: Kept | null) => ({ before: from, after: to, managers: [] });

  it('is none unless it is asked for, since it reads Secrets', () => {
    expect(helmKinds({ ...options, helm: 'off' })).toEqual([]);
    expect(kind).toMatchObject({ labelSelector: 'owner=helm', fieldSelector: 'type=helm.sh/release.v1' });
  });

  it('knows a revision that was cleared away from a release that is gone', () => {
    const [old, fresh] = [byLabels(secretOf(5, 'deployed')), byLabels(secretOf(6, 'deployed'))];
    const sighting = { at: instantAt(90) };
    const gone = told(old, null);
    const first = kind?.fold?.add(kind.fold.empty, step(null, fresh), [], sighting);
    const cleared = kind?.fold?.add(first?.state, step(old, null), gone, sighting);
    expect(cleared).toEqual({ state: first?.state, events: [] });
    const end = kind?.fold?.add(cleared?.state, step(fresh, null), told(fresh, null), sighting);
    expect(end).toMatchObject({ state: {}, events: [{ type: 'helm_uninstalled' }] });
  });
});
