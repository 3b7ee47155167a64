import { describe, expect, it } from 'vitest';
import { GitLabConfig } from './config.js';
import { type Listed, nameOf } from './listing.js';
import { watchedProjects } from './watched.js';

function listed(paths: Record<string, number>): Listed[] {
  return Object.entries(paths).map(([path, id]) => ({
    id,
    fullPath: `Acme/${path}`,
    archived: path.endsWith('old'),
  }));
}

function watched(config: object, paths: Record<string, number> = {}, now: string[] = []) {
  const parsed = GitLabConfig.parse({ token: 't', ...config });
  const listings = new Map(parsed.groups.map((group) => [nameOf(group), listed(paths)]));
  return watchedProjects(parsed, listings, new Set(now));
}

describe('the projects that are meant', () => {
  it('are the named ones, called by their configured path whatever its case, or by their id', () => {
    expect(watched({ projects: [{ project: 'Acme/API', tags: ['backend'] }, { project: '42' }] })).toEqual([
      { name: 'acme/api', fullName: 'Acme/API', tags: ['backend'], branches: undefined },
      { name: 'project:42', fullName: '42', id: 42, tags: undefined, branches: undefined },
    ]);
  });

  it('are all of a group but the archived, called by their id, which no renaming moves', () => {
    const paths = { 'shop/api': 1, old: 2 };
    expect(watched({ groups: [{ group: 'ACME', tags: ['all'] }] }, paths)).toEqual([
      { name: 'project:1', id: 1, branches: undefined, fullName: 'Acme/shop/api', tags: ['all'] },
    ]);
    expect(watched({ groups: [{ group: 'acme', archived: true }] }, paths)).toHaveLength(2);
    expect(watched({ groups: [{ group: 'acme' }] }, paths, ['project:2'])).toHaveLength(2);
  });

  it('are those of a group whose name or whole path matches, in any case', () => {
    const paths = { 'shop/API-users': 1, 'shop/api-docs': 2, 'shop/web': 3, 'tools/ci': 4 };
    const group = { group: 'acme', include: ['api-*', 'acme/tools/*'], exclude: ['*-DOCS'] };
    expect(watched({ groups: [group] }, paths).map(({ id }) => id)).toEqual([1, 4]);
  });

  it('are one when named and listed: the named entry wins, the tags of both stay', () => {
    const config = {
      projects: [
        { project: 'acme/api', tags: ['backend'], branches: ['main'] },
        { project: 2, tags: ['web'] },
      ],
      groups: [{ group: 'acme', tags: ['all', 'backend'] }],
    };
    expect(watched(config, { Api: 1, web: 2 })).toEqual([
      { name: 'acme/api', fullName: 'acme/api', tags: ['backend', 'all'], branches: ['main'] },
      {
        name: 'project:2',
        id: 2,
        fullName: 'Acme/web',
        tags: ['web', 'all', 'backend'],
        branches: undefined,
      },
    ]);
  });
});
