import { Chance } from '@painchain/connector-sdk/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Asked, Fault } from './testing/fake-api-server/index.js';
import { type Deed, generatedHistory, isRecorded, recordedHistory } from './testing/oracle/history.js';
import { Scene } from './testing/oracle/scene.js';

/** Deeds between two troubles. */
const stretch = 100;

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.open(11);
});
afterEach(() => scene.close());

/** Something breaks at every thirtieth request, always something else. */
function weather(chance: Chance): (asked: Asked) => Fault | undefined {
  const faults: Fault[] = [
    { kind: 'status', status: 500 },
    { kind: 'status', status: 503 },
    { kind: 'status', status: 429, retryAfterSeconds: 2 },
    { kind: 'slammed' },
    { kind: 'truncated' },
    { kind: 'slow', ms: 20 },
    { kind: 'empty' },
    { kind: 'dribbles' },
  ];
  return () => (chance.happens(1 / 30) ? chance.pick(faults) : undefined);
}

/** Requests to the backend are lost before or after they were carried out, or refused for a while. */
function badLine(chance: Chance) {
  const faults = [{ kind: 'drop' }, { kind: 'cut' }, { kind: 'status', status: 503 }] as const;
  return () => (chance.happens(0.02) ? chance.pick(faults) : undefined);
}

type Trouble = (deeds: readonly Deed[]) => Promise<void>;

/** What may happen to some watches while things go on: they end, break, or fall silent and then break. */
async function broken(deeds: readonly Deed[]): Promise<void> {
  const some = scene.api.watches.filter(() => scene.chance.happens(0.3));
  const hows = ['close', 'cut', 'fail', 'dribble', 'silence'] as const;
  some.forEach((watch) => watch[scene.chance.pick(hows)]());
  await scene.live(deeds);
  some.forEach((watch) => watch.cut());
}

/** The cluster can't be reached, or forgets what has happened, or both. */
const blind: Trouble = (deeds) =>
  scene.unseen(async () => {
    scene.api.expires = scene.chance.pick(['by status', 'in stream'] as const);
    scene.api.watches.forEach((watch) => watch.silence());
    await scene.live(deeds);
    scene.store.compact();
    scene.api.watches.forEach((watch) => watch.expire());
  });

/** Nobody watches for longer than the cluster remembers. */
const downtime: Trouble = (deeds) =>
  scene.unseen(async () => {
    const over = scene.restart('end');
    await scene.live(deeds);
    scene.store.compact();
    await over;
  });

const restarted =
  (how: 'end' | 'kill'): Trouble =>
  async (deeds) => {
    const over = scene.restart(how);
    await scene.live(deeds);
    await over;
  };

const quiet: Trouble = (deeds) => scene.live(deeds);

/** Lives through a history, with trouble of every sort in turn. */
async function through(history: readonly Deed[]): Promise<void> {
  const troubles = [quiet, broken, restarted('kill'), broken, blind, broken, restarted('end'), downtime];
  // What is there at the first look is no news.
  await scene.live(history.slice(0, stretch));
  scene.ledger.facts.splice(0);
  scene.start();
  await scene.settled();
  scene.api.fault = weather(new Chance(1));
  scene.backend.fault = badLine(new Chance(2));
  for (let at = stretch, turn = 0; at < history.length; at += stretch, turn += 1)
    await troubles[turn % troubles.length]?.(history.slice(at, at + stretch));
  await scene.settled();
}

const whole = (certain: number) => ({ missing: [], stray: [], certain });

describe('a cluster that is watched through outages, restarts, kills and compactions', () => {
  it('has every change told once and no noise', async () => {
    await through(generatedHistory(new Chance(3), 1_500));
    const verdict = scene.verdict();
    expect(verdict).toEqual(whole(verdict.certain));
    expect(verdict.certain).toBeGreaterThan(1_000);
  }, 60_000);

  it.skipIf(!isRecorded)(
    'has the recorded years of a production cluster told so (skipped without shared/data)',
    async () => {
      await through(recordedHistory().slice(0, 2_500));
      const verdict = scene.verdict();
      expect(verdict).toEqual(whole(verdict.certain));
      expect(verdict.certain).toBeGreaterThan(1_500);
    },
    60_000,
  );
});
