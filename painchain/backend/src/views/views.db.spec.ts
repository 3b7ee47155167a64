import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { limits, type Problem, SavedView, ViewList } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { createTestApp } from '../timeline/testing/test-app.js';
import { ViewsModule } from './views.module.js';

let test: TestDatabase;
let app: NestFastifyApplication;
let other: number;

beforeAll(async () => {
  test = await createTestDatabase();
  app = await createTestApp(test.database, [ViewsModule]);
  other = await test.createTenant('other');
});
afterAll(async () => {
  await app.close();
  await test.drop();
});
beforeEach(() => test.asOwner('truncate views'));

const [ada, bob] = ['ada-0123456789abcdef', 'bob-0123456789abcdef'];

async function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object, tenant = 1) {
  const answer = await app.inject({
    method,
    url: `/api/views${path}`,
    headers: { 'x-test-tenant': String(tenant) },
    ...(body && { payload: body }),
  });
  return { status: answer.statusCode, text: answer.body };
}

const view = (changes: object = {}) => ({
  name: 'Failures',
  search: 'q=status%3Afailure',
  owner: null,
  ...changes,
});

async function save(changes: object = {}, tenant?: number): Promise<SavedView> {
  const { status, text } = await call('POST', '', view(changes), tenant);
  expect([status, text]).toEqual([201, text]);
  return SavedView.parse(JSON.parse(text));
}

async function list(owner?: string, tenant?: number): Promise<SavedView[]> {
  const { text } = await call('GET', owner === undefined ? '' : `?owner=${owner}`, undefined, tenant);
  return ViewList.parse(JSON.parse(text)).views;
}

const names = (views: SavedView[]) => views.map(({ name }) => name);

describe('saved views', () => {
  it('come back as they were saved', async () => {
    const saved = await save({ name: '  Failures ', is_default: true });
    expect(saved).toMatchObject({
      name: 'Failures',
      search: 'q=status%3Afailure',
      is_default: true,
      is_shared: true,
    });
    expect(saved.id).toMatch(/^view_/);
    expect(saved.created_at).toMatch(/\.\d{6}Z$/);
    expect(await list()).toEqual([saved]);
    const { text } = await call('GET', `/${saved.id}`);
    expect(JSON.parse(text)).toEqual(saved);
    expect(text).not.toContain('owner');
  });

  it('are replaced as a whole, and removed', async () => {
    const { id, created_at, updated_at } = await save({ is_default: true });
    const { status, text } = await call('PUT', `/${id}`, view({ name: 'Deploys', search: '' }));
    const replaced = SavedView.parse(JSON.parse(text));
    expect([status, replaced]).toMatchObject([
      200,
      { id, created_at, name: 'Deploys', search: '', is_default: false },
    ]);
    expect(replaced.updated_at > updated_at).toBe(true);
    expect(await list()).toEqual([replaced]);
    expect((await call('DELETE', `/${id}`)).status).toBe(204);
    expect(await list()).toEqual([]);
    for (const method of ['GET', 'DELETE'] as const) expect((await call(method, `/${id}`)).status).toBe(404);
    expect((await call('PUT', `/${id}`, view())).status).toBe(404);
  });

  it('are listed by name, shared and those of the owner together', async () => {
    await save({ name: 'b' });
    await save({ name: 'C', owner: ada });
    await save({ name: 'a', owner: ada });
    await save({ name: 'B', owner: bob });
    expect(names(await list())).toEqual(['b']);
    expect(names(await list(ada))).toEqual(['a', 'b', 'C']);
    expect((await list(bob)).map(({ name, is_shared }) => [name, is_shared])).toEqual([
      ['B', false],
      ['b', true],
    ]);
  });
});

describe('a personal view', () => {
  it('is neither shown nor changed without its owner', async () => {
    const own = await save({ owner: ada });
    for (const [path, body] of [
      [`/${own.id}`, view()],
      [`/${own.id}?owner=${bob}`, view({ owner: bob })],
    ] as const) {
      expect((await call('GET', path)).status).toBe(404);
      expect((await call('DELETE', path)).status).toBe(404);
      expect((await call('PUT', `/${own.id}`, body)).status).toBe(404);
    }
    expect(await list(ada)).toEqual([own]);
    expect((await call('GET', `/${own.id}?owner=${ada}`)).status).toBe(200);
    expect((await call('PUT', `/${own.id}`, view({ owner: ada, name: 'Mine' }))).status).toBe(200);
    expect((await call('DELETE', `/${own.id}?owner=${ada}`)).status).toBe(204);
  });

  it('does not come of a shared one by replacing it', async () => {
    const shared = await save();
    expect((await call('PUT', `/${shared.id}`, view({ owner: ada }))).status).toBe(404);
    expect((await call('DELETE', `/${shared.id}?owner=${ada}`)).status).toBe(204);
  });
});

describe('the default', () => {
  const defaults = async (owner?: string) =>
    (await list(owner)).filter(({ is_default }) => is_default).map(({ name }) => name);

  it('is one of the shared views, and one of each owner', async () => {
    await save({ name: 'shared 1', is_default: true });
    await save({ name: 'ada 1', owner: ada, is_default: true });
    await save({ name: 'bob 1', owner: bob, is_default: true });
    const { id } = await save({ name: 'ada 2', owner: ada });
    await save({ name: 'shared 2', is_default: true });
    expect(await defaults(ada)).toEqual(['ada 1', 'shared 2']);
    await call('PUT', `/${id}`, view({ name: 'ada 2', owner: ada, is_default: true }));
    expect(await defaults(ada)).toEqual(['ada 2', 'shared 2']);
    await call('PUT', `/${id}`, view({ name: 'ada 2', owner: ada, is_default: true, search: 'x' }));
    expect(await defaults(ada)).toEqual(['ada 2', 'shared 2']);
    expect(await defaults(bob)).toEqual(['bob 1', 'shared 2']);
  });

  it('stays one, and names stay different, when many are saved at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => call('POST', '', view({ name: `v${n % 10}`, is_default: true }))),
    );
    const countOf = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
    expect([countOf(201), countOf(409)]).toEqual([10, 10]);
    expect(await defaults()).toHaveLength(1);
  });

  it('stays with its view when another one is refused', async () => {
    await save({ name: 'first', is_default: true });
    await save({ name: 'second' });
    expect((await call('POST', '', view({ name: 'second', is_default: true }))).status).toBe(409);
    expect(await defaults()).toEqual(['first']);
  });
});

describe('what is refused', () => {
  it('is a name that the same owner, or another shared view, has', async () => {
    await save();
    const second = await save({ name: 'Second' });
    await save({ owner: ada });
    await save({ owner: bob });
    for (const body of [view(), view({ name: ' Failures ' }), view({ owner: ada })]) {
      const { status, text } = await call('POST', '', body);
      expect([status, (JSON.parse(text) as Problem).detail]).toEqual([
        409,
        expect.stringMatching(/Choose another name/),
      ]);
    }
    expect((await call('PUT', `/${second.id}`, view())).status).toBe(409);
    expect((await call('PUT', `/${second.id}`, view({ name: 'Second' }))).status).toBe(200);
  });

  it('is one more than there may be, which one less makes right', async () => {
    const { id } = await save();
    await test.asOwner(`set app.tenant = '1'`);
    await test.asOwner(
      `insert into views (tenant_id, name, search, is_default) select 1, 'v' || n, '', false from generate_series(2, $1) as n`,
      [limits.views],
    );
    const { status, text } = await call('POST', '', view({ owner: ada }));
    expect([status, (JSON.parse(text) as Problem).detail]).toEqual([
      409,
      expect.stringMatching(/Remove some/),
    ]);
    expect((await call('POST', '', view(), other)).status).toBe(201);
    await call('DELETE', `/${id}`);
    await save({ owner: ada });
  });

  it.each([
    {},
    { name: '' },
    { name: '   ' },
    { name: 'x'.repeat(limits.viewName + 1) },
    { search: 'x'.repeat(limits.viewSearch + 1) },
    { owner: 'short' },
    { owner: undefined },
    { is_default: 'yes' },
    { extra: 1 },
  ])('is bad input: %j', async (changes) => {
    const body = Object.keys(changes).length === 0 ? {} : view(changes);
    expect((await call('POST', '', body)).status).toBe(422);
  });

  it('is an owner that is none', async () => {
    expect((await call('GET', '?owner=x')).status).toBe(422);
    expect((await call('GET', `?owner=${ada}&owner=${bob}`)).status).toBe(422);
    expect((await call('DELETE', '/view_x?owner=')).status).toBe(422);
  });
});

describe('views of another tenant', () => {
  it('are not there', async () => {
    const foreign = await save({ owner: ada }, other);
    expect(await list(ada)).toEqual([]);
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await call(method, `/${foreign.id}?owner=${ada}`)).status).toBe(404);
    }
    expect((await call('PUT', `/${foreign.id}`, view({ owner: ada }))).status).toBe(404);
    await save({ owner: ada });
    expect(await list(ada, other)).toEqual([foreign]);
  });
});
