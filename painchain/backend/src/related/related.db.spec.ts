import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Related } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { createTestApp } from '../timeline/testing/test-app.js';
import { RelatedModule } from './related.module.js';
import { allOf, storeEvents, type TestEvent } from './testing/store-events.js';

let test: TestDatabase;
let app: NestFastifyApplication;

beforeAll(async () => {
  test = await createTestDatabase();
  app = await createTestApp(test.database, [RelatedModule]);
});
afterAll(async () => {
  await app.close();
  await test.drop();
});
beforeEach(() => test.asOwner('truncate events, event_refs'));

const get = (id: string | undefined, tenantId = 1) =>
  app.inject({ url: `/api/events/${id}/related`, headers: { 'x-test-tenant': String(tenantId) } });

async function related(id: string | undefined, tenantId?: number): Promise<Related> {
  const answer = await get(id, tenantId);
  expect(answer.statusCode).toBe(200);
  return Related.parse(answer.json());
}

/** `commit: seen a b` for each stage, and `others: …`. */
const outline = ({ chain, others }: Related) => [
  ...chain.map(({ stage, state, events }) =>
    [`${stage}: ${state}`, ...events.map(({ row }) => row.title)].join(' '),
  ),
  ['others:', ...others.map(({ row }) => row.title)].join(' '),
];

const sha = `commit:${'a'.repeat(40)}`;
const digest = `image:ghcr.io/acme/api@sha256:${'b'.repeat(64)}`;
const at = (minute: number) => `2026-01-31T10:${String(minute).padStart(2, '0')}:00.000001Z`;

const way: TestEvent[] = [
  { title: 'committed', type: 'commit', refs: [sha], timestamp: at(1) },
  { title: 'merged', type: 'pull_request', refs: ['change:acme/api#7', sha], timestamp: at(2) },
  { title: 'built', type: 'workflow_run', refs: ['run:acme/api/42', sha], timestamp: at(3) },
  { title: 'pushed', type: 'image_push', refs: [digest, 'run:acme/api/42'], timestamp: at(4) },
  { title: 'deployed', type: 'deployment', refs: [digest, 'env:production'], timestamp: at(5) },
];

describe('GET /api/events/:id/related', () => {
  it('follows keys from a rollout to the commit, and says why each event is there', async () => {
    const ids = await storeEvents(test, way);
    const found = await related(ids['deployed']);
    expect([found.event, found.stage, found.capped]).toEqual([ids['deployed'], 'rollout', null]);
    expect(outline(found)).toEqual([
      'commit: seen committed',
      'change: seen merged',
      'pipeline: seen built',
      'image: seen pushed',
      'rollout: seen deployed',
      'others:',
    ]);
    expect(found.chain.map(({ refs }) => refs)).toEqual([[sha], [], ['run:acme/api/42'], [digest], []]);
    expect(allOf(found).map(({ row, why }) => [row.title, why])).toEqual([
      ['committed', [{ kind: 'ref', ref: sha, from: ids['built'] }]],
      ['merged', [{ kind: 'ref', ref: sha, from: ids['built'] }]],
      ['built', [{ kind: 'ref', ref: 'run:acme/api/42', from: ids['pushed'] }]],
      ['pushed', [{ kind: 'ref', ref: digest, from: ids['deployed'] }]],
      ['deployed', []],
    ]);
  });

  it('finds the same from the other end', async () => {
    const ids = await storeEvents(test, way);
    const found = await related(ids['committed']);
    expect(outline(found)).toEqual(outline(await related(ids['deployed'])));
  });

  it('goes no further than three keys', async () => {
    const links = Array.from({ length: 6 }, (_, n) => ({
      title: `e${n}`,
      type: 'push',
      refs: [`x:${n}`, `x:${n + 1}`],
    }));
    const ids = await storeEvents(test, links);
    expect(outline(await related(ids['e0']))[0]).toBe('commit: seen e0 e1 e2 e3');
  });

  it('says which stages should have events: those between others, and those that a key names', async () => {
    const ids = await storeEvents(test, [
      { title: 'committed', type: 'commit', refs: [sha] },
      { title: 'pushed', type: 'image', refs: [sha, 'run:acme/api/42'] },
    ]);
    const found = await related(ids['committed']);
    expect(outline(found)).toEqual([
      'commit: seen committed',
      'change: missing',
      'pipeline: missing',
      'image: seen pushed',
      'rollout: unknown',
      'others:',
    ]);
    expect(found.chain[2]?.refs).toEqual(['run:acme/api/42']);
    const alone = await storeEvents(test, [{ title: 'ran', type: 'run', refs: ['change:acme/api#9'] }]);
    expect(outline(await related(alone['ran']))).toEqual([
      'commit: unknown',
      'change: missing',
      'pipeline: seen ran',
      'image: unknown',
      'rollout: unknown',
      'others:',
    ]);
  });

  it('says of an event with nothing around it just that', async () => {
    const ids = await storeEvents(test, [{ title: 'alone' }, { title: 'other' }]);
    const found = await related(ids['alone']);
    expect(outline(found).map((line) => line.split(' ')[1])).toEqual([
      ...Array<string>(5).fill('unknown'),
      undefined,
    ]);
    expect([found.stage, found.capped, allOf(found)]).toEqual([null, null, []]);
  });

  it('brings the same subject and, apart from the chain, what the same actor did within an hour', async () => {
    const ids = await storeEvents(test, [
      { title: 'started', type: 'run', subject: 'run/1', timestamp: '2026-01-31T08:00:00Z' },
      { title: 'ended', type: 'run', subject: 'run/1', actor: 'ada', timestamp: '2026-01-31T10:00:00Z' },
      { title: 'before', type: 'push', actor: 'ada', timestamp: '2026-01-31T09:00:00Z' },
      { title: 'after', actor: 'ada', timestamp: '2026-01-31T11:00:00Z' },
      { title: 'too late', actor: 'ada', timestamp: '2026-01-31T11:00:00.000001Z' },
      { title: 'noted', subject: 'run/1', actor: 'ada', timestamp: '2026-01-31T10:00:01.5Z' },
    ]);
    const found = await related(ids['ended']);
    expect(outline(found)).toEqual([
      'commit: unknown',
      'change: unknown',
      'pipeline: seen started ended',
      'image: unknown',
      'rollout: unknown',
      'others: after noted before',
    ]);
    expect(found.others.map(({ why }) => why)).toEqual([
      [{ kind: 'actor', actor: 'ada', seconds: 3600 }],
      [
        { kind: 'subject', subject: 'run/1' },
        { kind: 'actor', actor: 'ada', seconds: 1.5 },
      ],
      [{ kind: 'actor', actor: 'ada', seconds: -3600 }],
    ]);
    expect(found.others.at(-1)?.stage).toBe('commit');
  });

  it('takes an environment for a place, not for something that events have in common', async () => {
    const ids = await storeEvents(test, [
      { title: 'one', type: 'deploy', refs: ['env:production'] },
      { title: 'two', type: 'deploy', refs: ['env:production'] },
    ]);
    expect(outline(await related(ids['one'])).at(4)).toBe('rollout: seen one');
  });

  it('looks thirty days both ways and no further', async () => {
    const ids = await storeEvents(test, [
      { title: 'now', type: 'deploy', refs: [sha], subject: 's', timestamp: '2026-01-31T00:00:00Z' },
      { title: 'early', type: 'deploy', refs: [sha], timestamp: '2026-01-01T00:00:00Z' },
      { title: 'late', type: 'deploy', subject: 's', timestamp: '2026-03-02T00:00:00Z' },
      { title: 'too early', type: 'deploy', refs: [sha], timestamp: '2025-12-31T23:59:59.999999Z' },
      { title: 'too late', type: 'deploy', subject: 's', timestamp: '2026-03-02T00:00:00.000001Z' },
    ]);
    expect(outline(await related(ids['now'])).at(4)).toBe('rollout: seen early now late');
  });

  it('stays within the tenant, whatever others have in common with it', async () => {
    const other = await test.createTenant('other');
    const event = { type: 'deploy', refs: [sha, 'run:1'], subject: 's', actor: 'ada' };
    const own = await storeEvents(test, [{ ...event, title: 'own' }]);
    const foreign = await storeEvents(test, [{ ...event, title: 'foreign' }], other);
    expect(allOf(await related(own['own'])).map(({ row }) => row.title)).toEqual(['own']);
    expect(allOf(await related(foreign['foreign'], other)).map(({ row }) => row.title)).toEqual(['foreign']);
    expect((await get(foreign['foreign'])).statusCode).toBe(404);
    expect((await get(own['own'], other)).statusCode).toBe(404);
  });

  it('takes a connector’s own word for the stage of an event', async () => {
    const manifest = {
      type: 'ci',
      name: 'CI',
      description: '',
      mode: 'poll',
      config_schema: {},
      event_schemas: { odd: { 'x-painchain': { stage: 'image' } }, push: { 'x-painchain': { stage: null } } },
    };
    await test.database.prismaInTenant(1, (prisma) =>
      prisma.connectorType.create({ data: { tenantId: 1, type: 'ci', manifest } }),
    );
    const ids = await storeEvents(test, [
      { title: 'odd', type: 'odd', refs: [sha] },
      { title: 'push', type: 'push', refs: [sha] },
    ]);
    const found = outline(await related(ids['odd']));
    expect([found[0], found[3], found[5]]).toEqual(['commit: missing', 'image: seen odd', 'others: push']);
    await test.asOwner('truncate connector_types');
  });

  it.each(['x', 'evt_0000000000000', 'evt_bg11kb9jvanhe', 'int_bg11kb9jvanhe'])(
    'knows no event %s',
    async (id) => expect((await get(id)).statusCode).toBe(404),
  );
});
