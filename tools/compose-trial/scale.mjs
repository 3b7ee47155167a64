// The profile `scale`: two replicas and a proxy.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './docker.mjs';
import { listen, post, stored } from './events.mjs';

/** @typedef {import('../try-compose.mjs').Trial} Trial */

const replicas = ['painchain-backend-2:8000', 'painchain-backend:8000'];

/** @param {Response} response */
const servedBy = (response) => response.headers.get('x-served-by') ?? '';

/** @param {Trial} trial */
export async function anyReplica({ containers, proxy, api, note }) {
  await containers.call('--profile', 'scale', 'up', '-d', 'painchain-proxy');
  await containers.healthy('painchain-backend-2');
  await until('the proxy serves', async () => (await fetch(`${proxy}/health/ready`)).ok);
  /** @type {Record<string, number>} */
  const served = {};
  const answers = new Set();
  for (let count = 0; count < 20; count += 1) {
    const response = await fetch(`${proxy}/timeline?limit=50&q=connector:trial`);
    assert.equal(response.status, 200);
    served[servedBy(response)] = (served[servedBy(response)] ?? 0) + 1;
    const { rows } = /** @type {{ rows: unknown[] }} */ (await response.json());
    answers.add(JSON.stringify(rows));
  }
  note(JSON.stringify(served));
  assert.deepEqual(Object.keys(served).sort(), replicas);
  assert.equal(answers.size, 1);
  assert.deepEqual(await stored(proxy, 'connector:trial'), await stored(api, 'connector:trial'));
}

/** @param {Trial} trial */
export async function tailAcrossReplicas({ proxy, feed, note }) {
  /** @type {Set<string>} */
  const crossed = new Set();
  for (let number = 1_000_001; crossed.size < 2 && number < 1_000_021; number += 1) {
    const { opened, told } = await listen(proxy, number);
    const tail = await opened;
    await sleep(300);
    const sentAt = Date.now();
    const response = await post(proxy, number);
    assert.ok(response.ok);
    feed.acknowledged += 1;
    const milliseconds = (await told) - sentAt;
    const from = servedBy(response);
    if (tail !== from) {
      crossed.add(from);
      note(`sent to ${from}, told by ${tail} after ${milliseconds} ms`);
    }
    // One more request, so that the next round begins at the other replica.
    if (tail === from || crossed.size < 2) await fetch(`${proxy}/health/live`);
  }
  assert.equal(crossed.size, 2);
}

/** @param {Trial} trial */
export async function oneReplicaGone({ containers, proxy, feed, note }) {
  feed.retries = 0;
  feed.start(proxy);
  for (const service of ['painchain-backend-2', 'painchain-backend']) {
    await sleep(2_000);
    await containers.kill(service);
    await sleep(1_000);
    await containers.healthy(service);
    await sleep(3_000);
  }
  await feed.stop();
  const { rows, different } = await stored(proxy, 'connector:trial');
  note(
    `${feed.acknowledged} acknowledged, ${rows} there, ${rows - different} doubled, ${feed.retries} sent again`,
  );
  assert.equal(different, feed.acknowledged);
  assert.equal(rows, different);
}
