import { setImmediate as turn } from 'node:timers/promises';
import { ManualClock } from '@painchain/connector-sdk/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scope } from '../cluster/cluster.js';
import { deployment } from '../testing/kind-scene.js';
import { ScriptedCluster, forbidden, outage } from '../testing/scripted-cluster.js';
import type { Position, Reflected } from './reflector.js';
import { reflect } from './reflect.js';

const resource = { groupVersion: 'apps/v1', plural: 'deployments', namespaced: true };

let clock: ManualClock;
let cluster: ScriptedCluster;
let stop: AbortController;
let told: Reflected[];
let failure: unknown;

beforeEach(() => {
  clock = new ManualClock();
  cluster = new ScriptedCluster('prod', () => clock.now());
  stop = new AbortController();
  told = [];
  failure = undefined;
});
afterEach(() => stop.abort());

function begin(from: Record<string, Position> = {}, scopes: Scope[] = [{ resource }]): void {
  const mirror = { cluster, rhythm: clock, signal: stop.signal };
  const run = async () => {
    for await (const item of reflect(scopes, from, mirror)) told.push(item);
  };
  run().catch((error: unknown) => (failure = error));
}

async function settle(): Promise<void> {
  for (let turns = 0; turns < 30; turns += 1) await turn();
}

async function pass(ms: number, step = 100): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) await clock.advance(step);
  await settle();
}

/** In a word each. */
function words(): string[] {
  return told.map((item) => {
    const name = 'object' in item ? ` ${item.object.metadata.name}` : '';
    return `${item.kind}${name}`;
  });
}

const version = () => String(cluster.world.version);
const known = (heard = clock.now()): Record<string, Position> => ({ '': { version: version(), heard } });

describe('a list', () => {
  it('comes in pages, and the watch goes on behind what it has shown', async () => {
    cluster.pageSize = 2;
    for (const name of ['a', 'b', 'c']) cluster.put(deployment(name, 1));
    cluster.beforePage = (page) => {
      if (page === 1) cluster.put(deployment('meanwhile', 1));
    };
    begin();
    await settle();
    cluster.remove(deployment('a', 1));
    await settle();
    expect(words()).toEqual([
      'listing',
      'object a',
      'object b',
      'object c',
      'listed',
      'object meanwhile',
      'deleted a',
    ]);
  });

  it('is begun anew when it takes so long that the cluster forgets it', async () => {
    cluster.pageSize = 1;
    for (const name of ['a', 'b']) cluster.put(deployment(name, 1));
    cluster.beforePage = (page) => {
      if (page !== 1 || cluster.lists.length > 2) return;
      cluster.put(deployment('c', 1));
      cluster.compact();
    };
    begin();
    await pass(2_000);
    expect(words()).toEqual(['listing', 'object a', 'listing', 'object a', 'object b', 'object c', 'listed']);
  });

  it('that is never read to its end is begun later and later, until a human sees it', async () => {
    cluster.pageSize = 1;
    for (const name of ['a', 'b']) cluster.put(deployment(name, 1));
    cluster.beforePage = (page) => {
      if (page !== 1) return;
      cluster.put(deployment('a', 1));
      cluster.compact();
    };
    begin();
    await pass(120_000);
    expect(failure).toMatchObject({ code: 'list-expired' });
    expect(cluster.lists.length).toBeLessThan(40);
  });
});

describe('a version', () => {
  it('that is kept is watched from, without a list', async () => {
    const from = known();
    cluster.put(deployment('a', 1));
    cluster.put(deployment('a', 2));
    begin(from);
    await settle();
    expect(words()).toEqual(['object a', 'object a']);
    expect(cluster.lists).toEqual([]);
  });

  it('that is too old when the watch begins leads to a list', async () => {
    const from = known();
    cluster.put(deployment('a', 1));
    cluster.compact();
    begin(from);
    await settle();
    expect(words()).toEqual(['listing', 'object a', 'listed']);
  });

  it('that becomes too old in the stream leads to a list', async () => {
    begin(known());
    await settle();
    cluster.put(deployment('a', 1));
    cluster.stopWatches('expire');
    await pass(1_000);
    expect(words()).toEqual(['object a', 'listing', 'object a', 'listed']);
    expect(cluster.openWatches).toBe(1);
  });

  it('is moved on by bookmarks, too', async () => {
    begin(known());
    await settle();
    cluster.put(deployment('elsewhere', 1));
    cluster.world.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'shop' } });
    cluster.bookmark();
    await settle();
    expect(told.at(-1)).toMatchObject({ kind: 'reached', resourceVersion: version() });
    cluster.stopWatches('end');
    await pass(1_000);
    expect(cluster.watches.at(-1)?.from).toBe(version());
  });
});

describe('a watch', () => {
  it('that has ended as it should is begun again at once', async () => {
    begin();
    await pass(240_000, 1_000);
    cluster.stopWatches('end');
    await settle();
    expect(cluster.openWatches).toBe(1);
    expect(cluster.watches).toHaveLength(2);
  });

  it('is not begun more than a few times a second on a server that ends each at once', async () => {
    cluster.slamming = true;
    begin(known());
    await pass(1_000);
    expect(cluster.watches.length).toBeLessThanOrEqual(4);
    await pass(60_000);
    expect(cluster.watches.length).toBeLessThan(30);

    cluster.slamming = false;
    cluster.put(deployment('a', 1));
    await pass(6_000);
    expect(words().at(-1)).toBe('object a');
  });

  it('that tells nothing is alive each minute, but has heard nothing', async () => {
    const from = known();
    begin(from);
    await pass(130_000, 1_000);
    expect(told).toMatchObject([
      { kind: 'reached', heard: from['']?.heard },
      { kind: 'reached', heard: from['']?.heard },
    ]);
  });

  it('does not say when something has happened that it finds while it catches up', async () => {
    const from = known(clock.now() - 60_000);
    cluster.put(deployment('a', 1));
    begin(from);
    await settle();
    expect(told).toMatchObject([{ kind: 'object', heard: undefined }]);

    await pass(2_000);
    cluster.put(deployment('a', 2));
    await settle();
    expect(told.at(-1)).toMatchObject({ kind: 'object', heard: clock.now() });
  });
});

describe('a cluster that fails', () => {
  it('is asked again later and later, and what goes on is thrown for a human to see', async () => {
    cluster.refuseLists(outage());
    begin();
    await pass(30_000);
    expect(failure).toBeUndefined();
    expect(cluster.lists.length).toBeLessThan(10);
    await pass(60_000);
    expect(failure).toMatchObject({ code: 'cluster-down' });
    expect(Math.max(...clock.sleeps)).toBeLessThanOrEqual(30_000);
  });

  it('and works again is gone on with from the version that was reached', async () => {
    begin(known());
    await settle();
    cluster.refuseWatches(outage(), 3);
    cluster.stopWatches(outage());
    cluster.put(deployment('a', 1));
    await pass(20_000);
    expect(words()).toEqual(['object a']);
    expect(cluster.lists).toEqual([]);
    expect(failure).toBeUndefined();
  });

  it('that permits nothing is not asked again before five minutes', async () => {
    cluster.refuseWatches(forbidden());
    begin(known());
    await settle();
    expect(failure).toMatchObject({ code: 'not-permitted', kind: 'configuration', retryAfterMs: 300_000 });
  });
});

describe('several scopes', () => {
  it('are each told by themselves, from where each is known', async () => {
    cluster.put(deployment('a', 1, 'shop'));
    cluster.put(deployment('b', 1, 'data'));
    const shop = { shop: { version: version(), heard: clock.now() } };
    cluster.put(deployment('a', 2, 'shop'));
    begin(shop, [
      { resource, namespace: 'shop' },
      { resource, namespace: 'data' },
    ]);
    await settle();
    const of = (scope: string) => words().filter((_, index) => told[index]?.scope === scope);
    expect(of('shop')).toEqual(['object a']);
    expect(of('data')).toEqual(['listing', 'object b', 'listed']);
  });
});

describe('whoever listens', () => {
  it('slowly is not overrun: nothing is read that is not asked for', async () => {
    let read = 0;
    const watch = cluster.watch.bind(cluster);
    cluster.watch = async function* (...asked) {
      for await (const event of watch(...asked)) {
        read += 1;
        yield event;
      }
    };
    const from = known();
    for (let count = 0; count < 1_000; count += 1) cluster.put(deployment('a', count));
    const reflected = reflect([{ resource }], from, { cluster, rhythm: clock, signal: stop.signal });
    await reflected.next();
    await settle();
    expect(read).toBe(1);
    await reflected.return();
    await settle();
    expect(cluster.openWatches).toBe(0);
  });

  it('no longer ends what waits', async () => {
    begin(known());
    await settle();
    stop.abort(new Error('enough'));
    await settle();
    expect(failure).toMatchObject({ message: 'enough' });
    expect(cluster.openWatches).toBe(0);
  });
});
