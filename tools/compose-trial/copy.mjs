// The tree as it would be committed now, in a folder of its own, so that a trial may change it.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './docker.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param {string} folder
 * @param {Record<string, string>} variables of `.env`
 */
export async function copyTree(folder, variables) {
  mkdirSync(folder, { recursive: true });
  const files = 'git ls-files --cached --others --exclude-standard -z';
  await run(
    ['sh', '-c', `${files} | tar --null --files-from=- --create | tar --extract --directory "$0"`, folder],
    {
      cwd: root,
    },
  );
  write(
    folder,
    '.env',
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  // The repository that its git connector watches.
  await commit(folder, 'One');
  await commit(folder, 'Two');
}

/**
 * @param {string} folder
 * @param {string} message
 */
export async function commit(folder, message) {
  const git = ['git', '-c', 'user.name=Kim', '-c', 'user.email=kim@example.com'];
  await run([...git, 'init', '--quiet', folder]);
  await run([...git, '-C', folder, 'commit', '--quiet', '--allow-empty', '-m', message]);
}

/**
 * @param {string} folder
 * @param {string} path
 * @param {string} text
 */
export function write(folder, path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** What must never get into an image, wherever it lies. */
export const secrets = [
  '.env',
  '.npmrc',
  '.painchain/secret.key',
  'config/github-connector.yaml',
  'connectors/github/.env.local',
  'packages/runtime/.npmrc',
  'painchain/backend/tls.key',
  'secrets/database_url',
];

/**
 * What Docker itself takes into a build of this folder.
 *
 * @param {string} folder
 * @param {string} base an image that has `find`
 */
export async function contextOf(folder, base) {
  write(folder, 'docker/context.Dockerfile', `FROM ${base}\nCOPY . /context\n`);
  const recipe = join(folder, 'docker/context.Dockerfile');
  const image = await run(['docker', 'build', '--quiet', '--file', recipe, folder]);
  const listing = await run(['docker', 'run', '--rm', image, 'sh', '-c', 'cd /context && find . -type f']);
  await run(['docker', 'rmi', '--force', image]);
  return listing.split('\n').map((path) => path.slice(2));
}

/**
 * A next version: one more migration, one more word in a manifest that the backend serves.
 *
 * @param {string} folder
 */
export function changeTree(folder) {
  const migrations = 'painchain/backend/prisma/migrations';
  const last = readdirSync(join(folder, migrations)).sort().at(-1) ?? '';
  write(
    folder,
    `${migrations}/${Number(last.slice(0, 14)) + 1}_trial/migration.sql`,
    `comment on table events is 'What changed.';\n`,
  );
  return last;
}
