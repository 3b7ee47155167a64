// Base images of this machine's own, for where none can be pulled: Debian by debootstrap, this Node, Debian's packages.
import { copyFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './docker.mjs';

const recipes = fileURLToPath(new URL('stand-ins', import.meta.url));
/** What the real bases leave out of their packages, and that they keep no package files. */
const lean = {
  'etc/dpkg/dpkg.cfg.d/lean': [
    'path-exclude /usr/share/doc/*',
    'path-exclude /usr/share/man/*',
    'path-exclude /usr/share/info/*',
    'path-exclude /usr/share/locale/*',
  ],
  'etc/apt/apt.conf.d/lean': ['APT::Keep-Downloaded-Packages "false";', 'Dir::Cache::pkgcache "";'],
};

/** @param {string} folder */
async function makeDebian(folder) {
  const rootFolder = join(folder, 'debian');
  if (!existsSync(join(rootFolder, 'etc/debian_version'))) {
    await run(['debootstrap', '--variant=minbase', '--include=ca-certificates', 'bookworm', rootFolder]);
  }
  for (const [path, lines] of Object.entries(lean)) {
    mkdirSync(dirname(join(rootFolder, path)), { recursive: true });
    writeFileSync(join(rootFolder, path), `${lines.join('\n')}\n`);
  }
  const without = [
    'var/cache/apt/archives/*.deb',
    'var/lib/apt/lists/*',
    'usr/share/doc/*',
    'usr/share/man/*',
  ];
  const excluded = [...without, 'usr/share/locale/*', 'usr/share/info/*'].map(
    (path) => `--exclude=./${path}`,
  );
  const archive = join(folder, 'debian.tar');
  await run(['tar', '-C', rootFolder, ...excluded, '-cf', archive, '.']);
  await run(['docker', 'import', archive, 'stand-in/debian:local']);
}

/** @param {string} folder */
function collectNode(folder) {
  copyFileSync(process.execPath, join(folder, 'node'));
  const { npm_execpath: npm } = process.env;
  if (npm === undefined) throw new Error('start this by npm run test:compose');
  cpSync(join(dirname(npm), '..'), join(folder, 'npm'), { recursive: true, dereference: true });
  copyFileSync('/etc/ssl/certs/ca-certificates.crt', join(folder, 'ca-certificates.crt'));
}

/**
 * Makes them in a folder that may be kept, and says how they are called.
 *
 * @param {string} folder
 */
export async function makeStandIns(folder) {
  mkdirSync(folder, { recursive: true });
  // Imported anew it would be another image, and nothing that stands on it could be taken from the cache.
  const made = await run(['docker', 'images', '-q', 'stand-in/debian:local']);
  if (!made) await makeDebian(folder);
  for (const name of ['node', 'postgres', 'caddy']) {
    const context = join(folder, name);
    mkdirSync(context, { recursive: true });
    if (name === 'node') collectNode(context);
    cpSync(recipes, context, { recursive: true });
    const recipe = join(context, `${name}.Dockerfile`);
    await run(['docker', 'build', '-t', `stand-in/${name}:local`, '-f', recipe, context]);
  }
  return {
    NODE_IMAGE: 'stand-in/node:local',
    POSTGRES_IMAGE: 'stand-in/postgres:local',
    CADDY_IMAGE: 'stand-in/caddy:local',
  };
}
