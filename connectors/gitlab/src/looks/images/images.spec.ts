import { SourceError } from '@painchain/connector-sdk';
import { expect, it } from 'vitest';
import { LivingGitLab } from '../../testing/living-gitlab.js';
import { type LookRun, ScriptedGitLab, runLook } from '../../testing/scripted-gitlab.js';
import { images } from './images.js';

type State = LookRun<NonNullable<Parameters<typeof images.look>[1]>>['state'];

const begin = Date.UTC(2026, 10, 24, 10);
const minute = 60_000;
const registry = '/projects/7/registry/repositories';
const repository = { id: 5, path: 'acme/shop/api', location: 'registry.gitlab.test/acme/shop/api' };

interface Tag {
  digest: string;
  /** Some minutes after ten. */
  made: number;
}

/** Looks at a registry whose tags may be put elsewhere between two looks. */
function watcher(tags: Map<string, Tag>) {
  const gitlab = new LivingGitLab(begin, (path) => {
    if (path === registry) return { list: [repository, null, {}] };
    if (path === `${registry}/5/tags`) return { list: [...tags.keys()].map((name) => ({ name })) };
    const name = decodeURIComponent(path.split('/').at(-1) ?? '');
    const tag = tags.get(name);
    if (!tag || tag.digest === 'broken') return undefined;
    const created = new Date(begin + tag.made * minute).toISOString();
    return { json: { name, digest: tag.digest, created_at: created, total_size: 24 } };
  });
  let state: State;
  const started = new Date(begin).toISOString();
  return {
    async look(at: number) {
      gitlab.time = begin + at * minute;
      gitlab.counted.length = 0;
      const before = state && new Date(begin + (at - 2) * minute).toISOString();
      const run = await runLook(images, gitlab, state, { started, before: before ?? null });
      ({ state } = run);
      return { ...run, told: run.events.map(({ title }) => title), counted: [...gitlab.counted] };
    },
  };
}

it('tells at the first look what was made since the beginning, as the past', async () => {
  const tags = new Map([
    ['v1.2.0', { digest: 'sha256:a', made: -60 }],
    ['v0.1.0', { digest: 'sha256:0', made: -60_000 }],
  ]);
  const { events, told } = await watcher(tags).look(0);
  expect(told).toEqual(['Image acme/shop/api published: v1.2.0']);
  expect(events[0]).toMatchObject({
    backfill: true,
    time_precision: 'exact',
    key_parts: ['gitlab.test', 'image', '5', 'v1.2.0', 'sha256:a'],
    subject: 'acme/shop/api/image/acme/shop/api',
    data: { image: 'registry.gitlab.test/acme/shop/api', tag: 'v1.2.0', digest: 'sha256:a', size: 24 },
  });
});

it('tells a tag that is new: by its image if that is new, too, else between two looks', async () => {
  const tags = new Map([['v1.0.0', { digest: 'sha256:a', made: -60 }]]);
  const watched = watcher(tags);
  await watched.look(0);
  tags.set('v1.1.0', { digest: 'sha256:b', made: 1 }).set('v1.1', { digest: 'sha256:a', made: -60 });
  const { events } = await watched.look(2);
  expect(events.map(({ timestamp, time_precision, type }) => [timestamp, time_precision, type])).toEqual([
    ['2026-11-24T10:01:00.000Z', 'exact', 'image_published'],
    ['2026-11-24T10:02:00.000Z', 'gap', 'image_published'],
  ]);
  expect((await watched.look(4)).told).toEqual([]);
});

it('tells each time that a tag is put at another image', async () => {
  const tags = new Map<string, Tag>();
  const watched = watcher(tags);
  await watched.look(0);
  const keys = new Set<string>();
  for (const [turn, digest] of ['a', 'b', 'a', 'b'].entries()) {
    tags.set('latest', { digest: `sha256:${digest}`, made: turn * 2 + 1 });
    const { events } = await watched.look(turn * 2 + 2);
    expect(events.map(({ type }) => type)).toEqual([turn === 0 ? 'image_published' : 'image_tagged']);
    for (const { key_parts } of events) keys.add(key_parts.join(' '));
  }
  expect(keys.size).toBe(4);
});

it('asks for what may have moved first, and for all by turns', async () => {
  const tags = new Map(
    Array.from({ length: 120 }, (_, index) => [`v1.${index}`, { digest: 'sha256:a', made: -60 }]),
  );
  tags.set('latest', { digest: 'sha256:a', made: -60 });
  const watched = watcher(tags);
  const first = await watched.look(0);
  expect([first.told.length, first.counted.length]).toEqual([60, 63]);
  for (let at = 2; at < 16; at += 2) first.told.push(...(await watched.look(at)).told);
  expect(new Set(first.told).size).toBe(121);
  tags.set('latest', { digest: 'sha256:b', made: 17 }).set('v1.7', { digest: 'sha256:b', made: 17 });
  expect((await watched.look(18)).told).toContain('Image acme/shop/api tagged latest');
  const later = [];
  for (let at = 20; at < 46; at += 2) later.push(...(await watched.look(at)).told);
  expect(later).toEqual(['Image acme/shop/api tagged v1.7']);
});

it('gets over an image that is broken, and tells it once it is whole', async () => {
  const tags = new Map([['v1.0.0', { digest: 'broken', made: -1 }]]);
  const watched = watcher(tags);
  expect((await watched.look(0)).told).toEqual([]);
  tags.set('v1.0.0', { digest: 'sha256:a', made: -1 });
  expect((await watched.look(2)).told).toEqual(['Image acme/shop/api published: v1.0.0']);
});

it('takes a few KiB of the cursor at most', async () => {
  const tags = new Map(
    Array.from({ length: 490 }, (_, index) => [`v1.${index}`, { digest: 'sha256:a', made: -60 }]),
  );
  expect(JSON.stringify((await watcher(tags).look(0)).state).length).toBeLessThan(8_000);
});

it('sees nothing where nothing may be seen, and keeps what it knows', async () => {
  const list = `${registry}?per_page=100`;
  const tags = `${registry}/5/tags?per_page=100`;
  const hidden = new ScriptedGitLab().says(list, { missing: true });
  expect(await runLook(images, hidden)).toMatchObject({ events: [], state: undefined });
  const known: NonNullable<State> = { tags: ['aaaaaaabbbbb'], told: [] };
  const half = new ScriptedGitLab().says(list, { json: [repository] }).says(tags, { missing: true });
  expect(await runLook(images, half, known)).toMatchObject({ events: [], state: known });
  const odd = new ScriptedGitLab().says(list, { json: 'Hello' });
  expect(await runLook(images, odd, known)).toMatchObject({
    state: known,
    skipped: [{ kind: 'unsupported' }],
  });
  const fails = new SourceError({ code: 'x', detail: 'x', remedy: 'x', kind: 'upstream' });
  const broken = new ScriptedGitLab().says(list, { fails });
  await expect(runLook(images, broken, known)).rejects.toBe(fails);
});
