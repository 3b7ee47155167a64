import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { limits, type Problem, Team, TeamList } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { createTestApp } from '../timeline/testing/test-app.js';
import { TeamsModule } from './teams.module.js';

let test: TestDatabase;
let app: NestFastifyApplication;
let other: number;

beforeAll(async () => {
  test = await createTestDatabase();
  app = await createTestApp(test.database, [TeamsModule]);
  other = await test.createTenant('other');
});
afterAll(async () => {
  await app.close();
  await test.drop();
});
beforeEach(() => test.asOwner('truncate teams, events'));

async function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object, tenant = 1) {
  const answer = await app.inject({
    method,
    url: `/api/teams${path}`,
    headers: { 'x-test-tenant': String(tenant) },
    ...(body && { payload: body }),
  });
  return { status: answer.statusCode, text: answer.body };
}

async function save(name: string, tags: string[] = ['a'], tenant?: number): Promise<Team> {
  const { status, text } = await call('POST', '', { name, tags }, tenant);
  expect([status, text]).toEqual([201, text]);
  return Team.parse(JSON.parse(text));
}

const list = async (tenant?: number) =>
  TeamList.parse(JSON.parse((await call('GET', '', undefined, tenant)).text)).teams;

describe('teams', () => {
  it('have their tags once each, in order', async () => {
    const team = await save(' Payments ', ['web', 'critical', ' web ', 'api', 'critical']);
    expect(team).toMatchObject({ name: 'Payments', tags: ['api', 'critical', 'web'] });
    expect(team.id).toMatch(/^team_/);
    expect(await list()).toEqual([team]);
  });

  it('are listed by name', async () => {
    for (const name of ['b', 'C', 'a']) await save(name);
    expect((await list()).map(({ name }) => name)).toEqual(['a', 'b', 'C']);
  });

  it('are replaced as a whole, and removed', async () => {
    const team = await save('Payments');
    const { status, text } = await call('PUT', `/${team.id}`, { name: 'Billing', tags: ['z', 'b', 'z'] });
    const replaced = Team.parse(JSON.parse(text));
    expect([status, replaced]).toMatchObject([200, { id: team.id, name: 'Billing', tags: ['b', 'z'] }]);
    expect(replaced.updated_at > team.updated_at).toBe(true);
    expect(await list()).toEqual([replaced]);
    expect((await call('DELETE', `/${team.id}`)).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await call('DELETE', `/${team.id}`)).status).toBe(404);
    expect((await call('PUT', `/${team.id}`, { name: 'x', tags: ['a'] })).status).toBe(404);
    expect((await call('PUT', '/nonsense', { name: 'x', tags: ['a'] })).status).toBe(404);
  });

  it('have names of their own, however many are saved at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => call('POST', '', { name: 'one', tags: ['a'] })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.find(({ status }) => status === 409);
    expect((JSON.parse(refused?.text ?? '') as Problem).detail).toMatch(/Choose another name/);
    const second = await save('two');
    expect((await call('PUT', `/${second.id}`, { name: 'one', tags: ['a'] })).status).toBe(409);
    expect((await call('PUT', `/${second.id}`, { name: 'two', tags: ['b'] })).status).toBe(200);
  });

  it('are no more than there may be', async () => {
    await test.asOwner(`set app.tenant = '1'`);
    await test.asOwner(
      `insert into teams (tenant_id, name, tags) select 1, 't' || n, '{a}' from generate_series(1, $1) as n`,
      [limits.teams],
    );
    const { status, text } = await call('POST', '', { name: 'more', tags: ['a'] });
    expect([status, (JSON.parse(text) as Problem).detail]).toEqual([
      409,
      expect.stringMatching(/Remove some/),
    ]);
    await save('more', ['a'], other);
  });

  it('of another tenant are not there', async () => {
    const foreign = await save('Payments', ['a'], other);
    expect(await list()).toEqual([]);
    expect((await call('PUT', `/${foreign.id}`, { name: 'x', tags: ['a'] })).status).toBe(404);
    expect((await call('DELETE', `/${foreign.id}`)).status).toBe(404);
    await save('Payments');
    expect(await list(other)).toEqual([foreign]);
  });

  it.each([
    {},
    { name: 'x' },
    { name: 'x', tags: [] },
    { name: ' ', tags: ['a'] },
    { name: 'x'.repeat(limits.teamName + 1), tags: ['a'] },
    { name: 'x', tags: [''] },
    { name: 'x', tags: ['a'.repeat(limits.tag + 1)] },
    { name: 'x', tags: Array.from({ length: limits.tags + 1 }, (_, n) => String(n)) },
    { name: 'x', tags: ['a'], owner: null },
  ])('are refused when they are none: %j', async (body) => {
    expect((await call('POST', '', body)).status).toBe(422);
  });
});

describe('what happens to teams', () => {
  it('stands on the timeline, but for what changes nothing', async () => {
    const { id } = await save('Payments', ['a']);
    await call('PUT', `/${id}`, { name: 'Payments', tags: ['a'] });
    await call('PUT', `/${id}`, { name: 'Billing', tags: ['b', 'a'] });
    await call('PUT', `/${id}`, { name: ' ', tags: [] });
    await call('DELETE', `/${id}`);
    await call('DELETE', `/${id}`);
    const events = await test.asOwner('select type, title, subject, data from events order by seq');
    expect(events).toMatchObject([
      { type: 'team_created', title: 'Team "Payments" created', subject: `team/${id}` },
      {
        type: 'team_updated',
        title: 'Team "Billing" updated: name, tags',
        data: {
          team: { id, name: 'Billing' },
          changes: [
            { field: 'name', old: 'Payments', new: 'Billing' },
            { field: 'tags', old: ['a'], new: ['a', 'b'] },
          ],
          by: 'api',
        },
      },
      { type: 'team_deleted', title: 'Team "Billing" deleted' },
    ]);
  });
});
