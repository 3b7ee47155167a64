// npm ci when it is needed: what is installed is compared with the lock file itself, whoever installed it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, root, run, step } from './step.mjs';

/** @typedef {Record<string, { version?: string, link?: boolean, optional?: boolean }>} Packages */

/**
 * @param {string} file
 * @returns {Packages}
 */
function packagesOf(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** What stands in the lock file and is not installed in that version; an optional one may be for other systems. */
export function missingDependencies(
  wanted = packagesOf('package-lock.json'),
  installed = packagesOf('node_modules/.package-lock.json'),
) {
  return Object.entries(wanted)
    .filter(([path, { link, optional }]) => path.includes('node_modules/') && !link && !optional)
    .filter(([path, { version }]) => installed[path]?.version !== version)
    .map(([path]) => path);
}

export async function ensureDependencies() {
  if (missingDependencies().length === 0) return;
  const npm = npmCommand();
  const { code } = await run([...npm, '--version'], root, process.env);
  if (code !== 0) throw new Fault('npm is not installed. It comes with Node: https://nodejs.org');
  await step({
    title: 'Installing dependencies',
    // What builds PainChain is a development dependency, even where NODE_ENV says production.
    command: [...npm, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    remedy: 'This needs the npm registry and a folder that can be written. Then run the same command again.',
  });
}

function npmCommand() {
  const own = process.env.npm_execpath;
  return own?.endsWith('.js') ? [process.execPath, own] : ['npm'];
}
