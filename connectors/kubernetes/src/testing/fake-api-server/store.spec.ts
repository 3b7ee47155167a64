import { describe, expect, it } from 'vitest';
import type { JsonObject } from '@painchain/connector-sdk';
import { Store, type Written } from './store.js';

let time = Date.UTC(2026, 10, 24, 7);
const now = () => (time += 1_000);

const deployment = (image: string, replicas = 1, rest: JsonObject = {}): Written => ({
  kind: 'Deployment',
  metadata: { name: 'api', namespace: 'shop' },
  spec: { replicas, template: { spec: { containers: [{ name: 'api', image, args: ['--fast'] }] } } },
  ...rest,
});

const managers = ({ metadata }: JsonObject) =>
  ((metadata as JsonObject).managedFields as JsonObject[]).map(({ manager, time: at }) => [manager, at]);

describe('what a server holds', () => {
  it('keeps an identity, counts what changes in a spec, and gives each write a version', () => {
    const store = new Store(now);
    const made = store.create(deployment('acme/api:1'));
    const grown = store.update(deployment('acme/api:2'));
    const told = store.update(deployment('acme/api:2', 1, { status: { replicas: 1 } }));
    expect(grown.metadata).toMatchObject({ uid: made.metadata.uid, generation: 2 });
    expect(told.metadata).toMatchObject({
      generation: 2,
      creationTimestamp: made.metadata.creationTimestamp,
    });
    expect(
      [made, grown, told].map(({ metadata }) => Number(metadata.resourceVersion) - store.revision),
    ).toEqual([-2, -1, 0]);
  });

  it('takes a write that changes nothing for none', () => {
    const store = new Store(now);
    store.create(deployment('acme/api:1'));
    const before = store.revision;
    store.update(deployment('acme/api:1'), { manager: 'somebody-else' });
    expect(store.revision).toBe(before);
  });

  it('counts no generation where a kind has none', () => {
    const store = new Store(now);
    const map = (value: string) => ({ kind: 'ConfigMap', metadata: { name: 'app' }, data: { level: value } });
    store.create(map('info'));
    expect(store.update(map('debug')).metadata).not.toHaveProperty('generation');
  });

  it('knows who owns which field since when', () => {
    const store = new Store(now);
    const made = store.create(deployment('acme/api:1'), { manager: 'helm' });
    const scaled = store.update(deployment('acme/api:1', 3), { manager: 'autoscaler', subresource: 'scale' });
    const [helm, autoscaler] = scaled.metadata.managedFields as JsonObject[];
    expect(managers(scaled)[0]).toEqual(managers(made)[0]);
    expect(helm?.fieldsV1).toEqual({
      'f:spec': {
        'f:template': {
          'f:spec': {
            'f:containers': {
              'k:{"name":"api"}': { '.': {}, 'f:name': {}, 'f:image': {}, 'f:args': {} },
            },
          },
        },
      },
    });
    expect(autoscaler).toMatchObject({ subresource: 'scale', fieldsV1: { 'f:spec': { 'f:replicas': {} } } });
    expect(Date.parse(autoscaler?.time as string)).toBeGreaterThan(Date.parse(helm?.time as string));
  });

  it('gives one who takes a field away a newer time', () => {
    const store = new Store(now);
    const map = (data: JsonObject): Written => ({ kind: 'ConfigMap', metadata: { name: 'app' }, data });
    const made = store.create(map({ a: '1', b: '2' }), { manager: 'kubectl-edit' });
    const edited = store.update(map({ a: '1' }), { manager: 'kubectl-edit' });
    expect(managers(edited)).toHaveLength(1);
    expect(managers(edited)).not.toEqual(managers(made));
  });

  it('forgets what has happened, but not what is', () => {
    const store = new Store(now);
    const begin = store.revision;
    store.create(deployment('acme/api:1'));
    const middle = store.revision;
    store.update(deployment('acme/api:2'));
    store.compact(middle);
    expect(store.since(begin)).toBeUndefined();
    expect(store.since(middle)).toHaveLength(1);
    store.compact();
    expect(store.since(store.revision)).toEqual([]);
    expect(store.list(store.kindOf('Deployment'))).toHaveLength(1);
  });

  it('empties a namespace that goes', () => {
    const store = new Store(now);
    store.create({ kind: 'Namespace', metadata: { name: 'shop' } });
    store.create(deployment('acme/api:1'));
    store.delete('Namespace', 'shop');
    expect(store.list(store.kindOf('Deployment'), 'shop')).toEqual([]);
  });
});
