import type { Problem, ProjectList } from '@painchain/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../connectors/testing/test-api.js';
import { ProjectsModule } from './projects.module.js';

let api: TestApi;

beforeAll(async () => {
  api = await createTestApi([ProjectsModule]);
  const other = await api.db.createTenant('other');
  await api.db.asOwner('set app.tenant = 1');
  for (const [connector, name, tags] of [
    ['git', 'acme/api', ['backend']],
    ['github', 'acme/api', ['backend', 'critical']],
    ['github', 'Acme/Web', ['frontend']],
    ['gitlab', 'zoo%_\\', []],
    ['gitlab', 'tab\tand \u0001 more', []],
  ]) {
    await api.db.asOwner(
      `insert into projects (tenant_id, connector, name, tags, event_count, last_event_at)
       values (1, $1, $2, $3, 7, '2026-01-31T10:35:00.123456Z')`,
      [connector, name, tags],
    );
  }
  await api.db.asOwner(`set app.tenant = ${other}`);
  await api.db.asOwner(`insert into projects (tenant_id, connector, name) values ($1, 'git', 'foreign')`, [
    other,
  ]);
});
afterAll(() => api?.close());

const list = async (query = '') => (await api.call<ProjectList>('GET', `/projects${query}`)).body;
const names = ({ projects }: ProjectList) => projects.map(({ connector, name }) => `${connector} ${name}`);

describe('listing projects', () => {
  it('gives those of the tenant with what is known of them, by name', async () => {
    const { projects, next_cursor } = await list();
    expect(projects[1]).toEqual({
      name: 'acme/api',
      connector: 'git',
      tags: ['backend'],
      events: 7,
      last_event_at: '2026-01-31T10:35:00.123456Z',
    });
    expect(names({ projects, next_cursor })).toEqual([
      'github Acme/Web',
      'git acme/api',
      'github acme/api',
      'gitlab tab\tand \u0001 more',
      'gitlab zoo%_\\',
    ]);
    expect(next_cursor).toBeNull();
  });

  it('filters by connector, tag and the beginning of the name, taken literally', async () => {
    expect(names(await list('?connector=git&connector=gitlab&q=acme'))).toEqual(['git acme/api']);
    expect(names(await list('?tag=critical&tag=frontend'))).toEqual(['github Acme/Web', 'github acme/api']);
    expect(names(await list('?q=ACME'))).toHaveLength(3);
    expect(names(await list('?q=zoo%25_%5C'))).toEqual(['gitlab zoo%_\\']);
    expect(names(await list('?q=%25'))).toEqual([]);
  });

  it('pages without a gap or a repetition', async () => {
    const pages: string[] = [];
    let query = '?limit=1';
    for (let page = await list(query); ; page = await list(query)) {
      pages.push(...names(page));
      if (page.next_cursor === null) break;
      query = `?limit=1&cursor=${page.next_cursor}`;
    }
    expect(pages).toEqual(names(await list()));
  });

  it('refuses forged cursors and unknown filters', async () => {
    const forged = [
      `x`,
      Buffer.from('["a"]').toString('base64url'),
      Buffer.from('["\\u0000","a"]').toString('base64url'),
    ];
    for (const cursor of forged) {
      const { status, body } = await api.call<Problem>('GET', `/projects?cursor=${cursor}`);
      expect([status, body.type]).toEqual([400, 'urn:painchain:problem:invalid-cursor']);
    }
    for (const query of ['?limit=0', '?limit=1000', '?unknown=1', '?tag=']) {
      expect((await api.call('GET', `/projects${query}`)).status).toBe(422);
    }
  });
});
