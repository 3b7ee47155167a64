import { describe, expect, it } from 'vitest';
import { GitHubConfig } from './config.js';
import type { Listed } from './listing.js';
import { watchedRepositories } from './watched.js';

const listed = (names: Record<string, number>): Listed[] =>
  Object.entries(names).map(([name, id]) => ({ fullName: `Acme/${name}`, id, archived: name === 'old' }));

function watched(repositories: object[], names: Record<string, number> = {}) {
  const config = GitHubConfig.parse({ token: 't', repositories });
  return watchedRepositories(config, new Map([['acme', listed(names)]]));
}

describe('the repositories that are meant', () => {
  it('are the named ones, called by their configured name whatever its case', () => {
    expect(watched([{ owner: 'Acme', repo: 'API', tags: ['backend'], branches: ['main'] }])).toEqual([
      { name: 'acme/api', fullName: 'Acme/API', tags: ['backend'], branches: ['main'] },
    ]);
  });

  it('are all of an owner but the archived, called by their id, which no renaming moves', () => {
    expect(watched([{ owner: 'ACME', tags: ['all'] }], { api: 1, old: 2 })).toEqual([
      { name: 'repository:1', fullName: 'Acme/api', id: 1, tags: ['all'], branches: undefined },
    ]);
    expect(watched([{ owner: 'acme', archived: true }], { old: 2 })).toMatchObject([{ id: 2 }]);
  });

  it('are those of an owner whose names match, in any case', () => {
    const names = { 'API-users': 1, 'api-docs': 2, web: 3 };
    const entry = { owner: 'acme', include: ['api-*'], exclude: ['*-DOCS'] };
    expect(watched([entry], names)).toMatchObject([{ id: 1 }]);
  });

  it('are one when named and listed: the name wins, the tags of both stay', () => {
    const entries = [
      { owner: 'acme', tags: ['all', 'backend'] },
      { owner: 'acme', repo: 'Api', tags: ['backend', 'critical'], branches: ['main'] },
    ];
    expect(watched(entries, { api: 1 })).toEqual([
      { name: 'acme/api', fullName: 'acme/Api', tags: ['backend', 'critical', 'all'], branches: ['main'] },
    ]);
  });

  it('have the tags of each entry that means them', () => {
    const entries = [
      { owner: 'acme', tags: ['all'] },
      { owner: 'acme', include: ['api'], tags: ['backend'] },
    ];
    expect(watched(entries, { api: 1, web: 2 }).map(({ tags }) => tags)).toEqual([
      ['all', 'backend'],
      ['all'],
    ]);
  });
});
