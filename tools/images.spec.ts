import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const connectors = readdirSync(join(root, 'connectors')).filter((type) =>
  existsSync(join(root, 'connectors', type, 'package.json')),
);
const folders = ['painchain', ...connectors.map((type) => `connectors/${type}`)];

interface Manifest {
  description: string;
  dependencies?: Record<string, string>;
}
const manifestOf = (folder: string) => JSON.parse(read(folder, 'package.json')) as Manifest;

/** The instructions, each in one line, comments aside. */
function instructionsOf(folder: string): string[] {
  return read(folder, 'Dockerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter(Boolean);
}

/** The packages of ours that a folder needs when it runs, those of its packages included. */
function packagesOf(folder: string): Set<string> {
  const own = Object.keys(manifestOf(folder).dependencies ?? {})
    .filter((name) => name.startsWith('@painchain/'))
    .map((name) => name.replace('@painchain/', 'packages/'));
  return new Set(own.flatMap((name) => [name, ...packagesOf(name)]));
}

/** A recipe with what is its own taken out: its type, its name, and what Debian's packages it needs. */
function general(type: string): string {
  const recipe = read('connectors', type, 'Dockerfile');
  const { description } = manifestOf(`connectors/${type}`);
  return recipe
    .replaceAll(`connectors/${type}`, 'connectors/TYPE')
    .replace(description, 'DESCRIPTION')
    .replace(/title="PainChain \w+ connector"/, 'title="NAME"')
    .replace(/(?:^#.*\n)?^RUN apt-get update(?:.*\\\n)*.*\n/m, '');
}

describe('the recipes of the images', () => {
  it.each(connectors)('say the same of %s as of every connector', (type) => {
    expect(general(type)).toBe(general('github'));
  });

  it.each(folders)('of %s hold what all have in common', (folder) => {
    const lines = instructionsOf(folder);
    const common = instructionsOf('painchain').filter((line) =>
      /^(?:ARG|FROM|WORKDIR|USER|VOLUME|COPY (?:package\.json|LICENSE|tsconfig|--from)|RUN install)/.test(
        line,
      ),
    );
    expect(common.length).toBeGreaterThan(12);
    expect(lines.filter((line) => common.includes(line))).toEqual(common);
    const probe =
      /^HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD\s+\["node", "-e", "fetch\('http:\/\/127\.0\.0\.1:'/;
    expect(lines.filter((line) => probe.test(line))).toHaveLength(1);
    for (const label of [
      'licenses="Apache-2.0"',
      'version="${VERSION}"',
      'revision="${REVISION}"',
      'source="${SOURCE}"',
    ]) {
      expect(lines.at(-1)).toContain(`org.opencontainers.image.${label}`);
    }
  });

  it.each(folders)(
    'of %s install what the lock file says, run no foreign code, and keep no tool of ours',
    (folder) => {
      const installs = instructionsOf(folder).filter((line) => line.includes('npm '));
      expect(installs).toHaveLength(2);
      for (const line of installs) expect(line).toMatch(/^RUN npm ci --ignore-scripts /);
      expect(installs[0]).toMatch(/^RUN npm ci --ignore-scripts --omit=dev --omit=optional --workspace /);
    },
  );

  it.each(folders)('of %s need nothing that is fetched by the recipe itself', (folder) => {
    const recipe = read(folder, 'Dockerfile');
    expect(recipe).not.toMatch(/^#\s*(?:syntax|escape)=/m);
    expect(recipe).not.toMatch(/^ADD |\bcurl\b|\bwget\b|--mount/m);
    expect(recipe).not.toMatch(/^(?:ARG|ENV) .*(?:TOKEN|PASSWORD|SECRET)/m);
  });

  it.each(folders)('of %s begin with node, which then is told to stop', (folder) => {
    expect(instructionsOf(folder).filter((line) => /^(?:CMD|ENTRYPOINT)/.test(line))).toEqual([
      expect.stringMatching(/^CMD \["node", "--import", "data:[^"]+SIGTERM[^"]+", .*"\/app\/\S+\.js"\]$/),
    ]);
  });

  it.each(folders)('of %s name all packages of ours that it runs with, and no other', (folder) => {
    const manifests = [...read(folder, 'Dockerfile').matchAll(/^COPY (packages\/\S+)\/package\.json/gm)];
    const runs = folder === 'painchain' ? 'painchain/backend' : folder;
    const needed = [...packagesOf(runs), ...(folder === 'painchain' ? ['packages/embedded-postgres'] : [])];
    expect(manifests.flatMap(([, name]) => name ?? []).sort()).toEqual(needed.sort());
  });

  it.each(folders)('of %s describe it as its manifest does', (folder) => {
    const { description } = manifestOf(folder === 'painchain' ? '.' : folder);
    expect(read(folder, 'Dockerfile')).toContain(`org.opencontainers.image.description="${description}"`);
  });
});
