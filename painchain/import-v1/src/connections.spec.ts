import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { readConnections } from './connections.js';
import { skeletonOf } from './skeletons.js';
import { planTeams } from './teams.js';

const canary = 'canary-4711';
const rows = [
  {
    id: 1,
    name: 'Work',
    type: 'github',
    config: {
      token: canary,
      repos: 'acme/api, acme/web',
      branches: 'main',
      baseUrl: `https://user:${canary}@git.acme.test/api/v3?key=${canary}`,
      anything_else: { deep: canary },
    },
    tags: 'backend,critical',
    webhook_secret: canary,
  },
  { id: 2, name: 'Prod: #1 ${HOME}', type: 'kubernetes', config: { clusterName: 'prod', namespaces: 'a,b' } },
  { id: 3, name: 'Labs', type: 'gitlab', config: { token: canary, repos: ['42', 'acme/x'] }, enabled: false },
  { id: 4, name: 'Own', type: 'constructor', config: { secretUrl: canary } },
];
const connections = readConnections(rows, new Set(['2']));
const skeletons = [...connections.values()].map(skeletonOf);

describe('what connections were', () => {
  it('holds no secret, and names what was left out', () => {
    expect(JSON.stringify([...connections])).not.toContain(canary);
    expect(JSON.stringify(skeletons)).not.toContain(canary);
    expect(connections.get('1')?.leftOut).toEqual(['token', 'anything_else', 'webhook_secret']);
  });

  it('is written as configuration that can be completed', () => {
    expect(skeletons.map(({ yaml }) => parse(yaml) as unknown)).toEqual([
      {
        connector: { type: 'github', project: 'Work' },
        config: {
          token: '${GITHUB_TOKEN}',
          base_url: 'https://git.acme.test/api/v3',
          repositories: [
            { owner: 'acme', repo: 'api', tags: ['backend', 'critical'], branches: ['main'] },
            { owner: 'acme', repo: 'web', tags: ['backend', 'critical'], branches: ['main'] },
          ],
        },
      },
      {
        connector: { type: 'kubernetes', project: 'Prod: #1 $ {HOME}' },
        config: { clusters: [{ name: 'prod', in_cluster: true, namespaces: { include: ['a', 'b'] } }] },
      },
      {
        connector: { type: 'gitlab', project: 'Labs' },
        config: { token: '${GITLAB_TOKEN}', projects: [{ project: 42 }, { project: 'acme/x' }] },
      },
      { connector: { type: 'constructor', project: 'Own' }, config: {} },
    ]);
    expect(new Set(skeletons.map(({ fileName }) => fileName)).size).toBe(4);
  });
});

describe('planTeams', () => {
  it('gives a team its tags and the names of its connections, which their events carry', () => {
    const plan = planTeams(
      [
        { id: 1, name: 'Platform', tags: ['infra'] },
        { id: 2, name: 'Nobody', tags: [] },
        { id: 3, name: 'Backend', tags: 'backend, critical' },
        { id: 4, name: 'Backend ', tags: 'api' },
      ],
      [{ team_id: 1, connection_id: 2 }],
      connections,
    );
    expect(plan.teams).toEqual([
      { name: 'Platform', tags: ['Prod: #1 ${HOME}', 'infra'] },
      { name: 'Backend', tags: ['api', 'backend', 'critical'] },
    ]);
    expect(plan.leftOut).toEqual([{ name: 'Nobody', reason: 'it has neither tags nor connections' }]);
    expect(connections.get('2')?.eventTags).toEqual(['Prod: #1 ${HOME}']);
  });
});
