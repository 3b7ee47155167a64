// Builds what runs, when a source has changed since: told by content, since git sets every time to now.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, step } from './step.mjs';

const stamp = join(root, 'node_modules/.cache/painchain/build');

const outputs = [
  'painchain/backend/dist/main.js',
  'painchain/launcher/dist/main.js',
  'painchain/frontend/dist/index.html',
];

const ignored = /^(node_modules|dist|generated|fixtures|\..*)$|\.(spec\.tsx?|md)$/;

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !ignored.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesIn(path);
      return entry.isFile() ? [path] : [];
    });
}

function hashOfSources() {
  const hash = createHash('sha256').update(process.versions.node);
  const files = ['packages', 'painchain', 'connectors'].flatMap(filesIn);
  for (const file of ['tsconfig.base.json', 'package-lock.json', ...files]) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** The TypeScript projects that run, and with them the packages that they refer to. */
export function runningProjects() {
  const connectors = readdirSync(join(root, 'connectors')).map((name) => `connectors/${name}`);
  return ['painchain/backend', 'painchain/launcher', ...connectors].filter((project) =>
    existsSync(join(root, project, 'tsconfig.json')),
  );
}

/** Writes the database client that the backend's sources import. */
export const generateClient = [process.execPath, join(root, 'painchain/backend/prisma/generate.mjs')];
// See docs/adr/0012-two-typescripts.md.
export const tsc = [process.execPath, join(root, 'node_modules/typescript7/bin/tsc')];
export const vite = [process.execPath, join(root, 'node_modules/vite/bin/vite.js')];

const remedy = 'On an unchanged copy, remove node_modules and run the same command again.';

export async function ensureBuild() {
  const wanted = hashOfSources();
  const whole = outputs.every((file) => existsSync(join(root, file)));
  if (whole && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const server = async () => {
    await step({ title: 'Generating the database client', command: generateClient, remedy });
    await step({ title: 'Building the server', command: [...tsc, '-b', ...runningProjects()], remedy });
  };
  const frontend = step({
    title: 'Building the interface',
    command: [...vite, 'build', '--logLevel=warn'],
    cwd: join(root, 'painchain/frontend'),
    remedy,
  });
  const results = await Promise.allSettled([server(), frontend]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
