import { ManualClock } from '@painchain/connector-sdk/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WatchEvent } from '../cluster/cluster.js';
import { ScriptedCluster } from '../testing/scripted-cluster.js';
import { Freshness } from './freshness.js';

const bookmark: WatchEvent = { type: 'BOOKMARK', resourceVersion: '1' };
const metadata = { uid: 'u', name: 'a', resourceVersion: '1' };
const change: WatchEvent = { type: 'ADDED', object: { apiVersion: 'v1', kind: 'Pod', metadata } };

let clock: ManualClock;

beforeEach(() => {
  clock = new ManualClock();
});

function freshness({ heardMsAgo }: { heardMsAgo: number }) {
  const cluster = new ScriptedCluster('prod', () => clock.now());
  const made = new Freshness(clock.now() - heardMsAgo, { cluster, rhythm: clock });
  return {
    async getsNothing(waitedMs: number): Promise<void> {
      made.asks();
      await clock.advance(waitedMs);
      made.getsNothing();
    },
    /** Whether what comes after such a wait is told to have only just happened. */
    async gets(event: WatchEvent, waitedMs = 0): Promise<boolean> {
      made.asks();
      await clock.advance(waitedMs);
      return made.gets(event);
    },
  };
}

describe('what a watch tells', () => {
  it('has only just happened while somebody listens', async () => {
    const watch = freshness({ heardMsAgo: 0 });
    expect(await watch.gets(change)).toBe(true);
    expect(await watch.gets(change, 30_000)).toBe(true);
    await watch.getsNothing(55_000);
    expect(await watch.gets(change)).toBe(true);
  });

  it('may be long past behind a restart, until a bookmark says that it is not', async () => {
    const watch = freshness({ heardMsAgo: 60_000 });
    expect(await watch.gets(change, 5_000)).toBe(false);
    expect(await watch.gets(bookmark)).toBe(true);
  });

  it('may be long past behind a restart, until it has been waited for', async () => {
    const watch = freshness({ heardMsAgo: 60_000 });
    expect(await watch.gets(change)).toBe(false);
    expect(await watch.gets(change, 2_000)).toBe(true);
  });

  it('has piled up while nobody listened, bookmarks too', async () => {
    const watch = freshness({ heardMsAgo: 0 });
    expect(await watch.gets(change)).toBe(true);
    await clock.advance(600_000);
    expect(await watch.gets(change)).toBe(false);
    expect(await watch.gets(bookmark)).toBe(false);
    expect(await watch.gets(change)).toBe(false);
  });

  it('is what happens, behind what has piled up, however much that is', async () => {
    const watch = freshness({ heardMsAgo: 0 });
    await watch.gets(change);
    await clock.advance(600_000);
    for (let count = 0; count < 30; count += 1) expect(await watch.gets(change, 50)).toBe(false);
    expect(await watch.gets(bookmark)).toBe(true);
    expect(await watch.gets(change)).toBe(true);
  });
});
