import { beforeEach, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../cluster/cluster.js';
import { Store } from '../fake-api-server/index.js';
import { judge } from './judge.js';
import { Ledger } from './ledger.js';

let time: number;
let store: Store;
let ledger: Ledger;
beforeEach(() => {
  time = Date.UTC(2026, 10, 24, 7);
  store = new Store(() => time);
  ledger = new Ledger(store, () => time);
});

const map = (level: string, annotations = {}) => ({
  kind: 'ConfigMap',
  metadata: { name: 'app', annotations },
  data: { level },
});
const then = () => (time += 60_000);

function told(type: string, { metadata }: KubernetesObject, at = time, what = 'x') {
  return {
    title: type,
    connector: 'kubernetes',
    project: 'prod/default',
    timestamp: new Date(at).toISOString(),
    type,
    key: `cluster:${metadata.uid}:${what}:${type}`,
    data: {},
  };
}

describe('what an oracle says', () => {
  it('finds nothing wrong where each thing is told once', () => {
    const made = store.create(map('info'));
    const events = [told('object_created', made)];
    then();
    events.push(told('object_edited', store.update(map('debug'))));
    expect(judge(ledger, events)).toEqual({ missing: [], stray: [], certain: 2 });
  });

  it('misses what was not told', () => {
    const made = store.create(map('info'));
    then();
    store.update(map('debug'));
    then();
    store.delete('ConfigMap', 'app');
    const { missing } = judge(ledger, [told('object_created', made)]);
    expect(missing).toEqual([
      'ConfigMap default/app changed  2026-11-24T07:01:00.000Z',
      'ConfigMap default/app deleted  2026-11-24T07:02:00.000Z',
    ]);
  });

  it('notices what is told again under another key, and what is told of noise', () => {
    const made = store.create(map('info'));
    const events = [told('object_created', made), told('object_created', made, time, 'y')];
    then();
    then();
    then();
    store.update(map('info', { 'kubectl.kubernetes.io/last-applied-configuration': '{}' }));
    events.push(told('object_edited', made));
    expect(judge(ledger, events).stray).toHaveLength(2);
  });

  it('asks of a time in which nobody watched for what differs at its end', () => {
    const made = store.create(map('info'));
    const events = [told('object_created', made)];
    const from = store.revision;
    then();
    store.update(map('debug'));
    then();
    store.update(map('warn'));
    ledger.blind.push({ from, to: store.revision });
    expect(judge(ledger, events).missing).toEqual([
      'ConfigMap default/app changed  2026-11-24T07:02:00.000Z',
    ]);
    then();
    store.update(map('info'));
    ledger.blind.push({ from, to: store.revision });
    expect(judge(ledger, events).missing).toEqual([]);
  });
});
