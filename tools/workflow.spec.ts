import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Job {
  needs?: string | string[];
  if?: string;
  permissions?: Record<string, string>;
  environment?: string;
  strategy?: { matrix: Record<string, unknown> };
  'timeout-minutes'?: number;
  steps: Step[];
}

const text = read('.github/workflows/ci.yml');
const workflow = parse(text) as {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
};
const jobs = Object.entries(workflow.jobs);
const stepsOf = (name: string) => workflow.jobs[name]?.steps ?? [];
const runsOf = (name: string) => stepsOf(name).flatMap(({ run }) => run ?? []);
const images = [
  'painchain',
  ...readdirSync(join(root, 'connectors'))
    .filter((type) => existsSync(join(root, 'connectors', type, 'Dockerfile')))
    .map((type) => `${type}-connector`),
];

/** All jobs that have to succeed before this one. */
function before(name: string): string[] {
  const needs = [workflow.jobs[name]?.needs ?? []].flat();
  return needs.flatMap((need) => [need, ...before(need)]);
}

describe('the workflow', () => {
  it('runs what the README says, on the oldest Node that is supported and on the one of the images', () => {
    const [, command] = /```sh\n(npm (?:run )?test)\n```/.exec(read('README.md')) ?? [];
    expect(command).toBe('npm test');
    expect(runsOf('test')).toEqual(['npm ci', 'npm run check', command]);
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    const [, inImages] = /^ARG NODE_IMAGE=node:(\d+)/m.exec(read('painchain/Dockerfile')) ?? [];
    expect(workflow.jobs['test']?.strategy?.matrix['node']).toEqual([
      engines.node.replace('>=', ''),
      inImages,
    ]);
  });

  it('pins every action by its commit, and says which version that is', () => {
    const used = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(10);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('may read by default, writes only where it releases, and leaves no credential behind', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const [name, { permissions = {} }] of jobs) {
      const writes = Object.entries(permissions).filter(([, level]) => level === 'write');
      if (writes.length > 0) expect(['tag', 'release']).toContain(name);
    }
    const checkouts = jobs.flatMap(([, { steps }]) =>
      steps.filter(({ uses }) => uses?.includes('/checkout@')),
    );
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ 'persist-credentials': false });
  });

  it('hands nothing from outside to a shell but by the environment', () => {
    for (const [name] of jobs) for (const run of runsOf(name)) expect(run).not.toContain('${{');
  });

  it('ends by itself whatever hangs', () => {
    for (const [name, job] of jobs)
      expect([name, job['timeout-minutes']]).toEqual([name, expect.any(Number)]);
  });

  it('builds every image for both architectures, and tries them as Compose starts them', () => {
    const known = expect.arrayContaining(images) as unknown;
    for (const job of ['images', 'publish', 'tag']) {
      expect(workflow.jobs[job]?.strategy?.matrix['image']).toEqual(known);
    }
    expect(workflow.jobs['images']?.strategy?.matrix['runner']).toEqual(['ubuntu-24.04', 'ubuntu-24.04-arm']);
    expect(workflow.jobs['publish']?.strategy?.matrix['architecture']).toEqual(['amd64', 'arm64']);
    expect(runsOf('compose').join('\n')).toContain('npm run test:compose');
  });

  it('releases a tag alone, and only what has passed everything', () => {
    const published = jobs.filter(([, { environment }]) => environment === 'release').map(([name]) => name);
    expect(published).toEqual(['publish', 'tag', 'release']);
    for (const name of published) {
      expect(before(name)).toEqual(
        expect.arrayContaining(['test', 'supply-chain', 'charts', 'images', 'compose', 'version']),
      );
    }
    // A job whose condition fails is skipped, and with it all that need it.
    expect(workflow.jobs['version']?.if).toBe("startsWith(github.ref, 'refs/tags/v')");
  });

  it('tells of each image how it came to be and what is in it', () => {
    expect(runsOf('publish').join('\n')).toMatch(/--provenance mode=max --sbom true/);
    expect(runsOf('supply-chain').join('\n')).toContain('npm sbom --sbom-format cyclonedx');
    for (const job of ['tag', 'release']) {
      expect(stepsOf(job).some(({ uses }) => uses?.startsWith('actions/attest-build-provenance@'))).toBe(
        true,
      );
    }
  });
});

describe('Dependabot', () => {
  const { updates } = parse(read('.github/dependabot.yml')) as {
    updates: {
      'package-ecosystem': string;
      directory?: string;
      directories?: string[];
      cooldown: { 'default-days': number };
    }[];
  };

  it('waits before it raises anything', () => {
    for (const { cooldown } of updates) expect(cooldown['default-days']).toBeGreaterThanOrEqual(7);
  });

  it('watches packages, recipes, services and actions', () => {
    expect(updates.map((update) => update['package-ecosystem'])).toEqual([
      'npm',
      'docker',
      'docker-compose',
      'github-actions',
    ]);
    const recipes = images.map((image) =>
      image === 'painchain' ? '/painchain' : `/connectors/${image.replace('-connector', '')}`,
    );
    expect(updates[1]?.directories).toEqual(expect.arrayContaining(recipes));
  });
});
