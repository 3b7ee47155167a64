// npm run test:compose: builds the images, brings everything up by Compose, kills, upgrades, takes down, and counts.
// With --stand-ins it makes base images of its own, for where none can be pulled.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import './node-version.mjs';
import { copyTree } from './compose-trial/copy.mjs';
import { project, run } from './compose-trial/docker.mjs';
import { Feed } from './compose-trial/events.mjs';
import { makeStandIns } from './compose-trial/stand-ins.mjs';
import { steps } from './compose-trial/steps.mjs';

/** @param {string} folder */
async function prepare(folder) {
  /** @type {Partial<Record<string, string>>} */
  const bases = process.argv.includes('--stand-ins')
    ? await makeStandIns(process.env.PAINCHAIN_STAND_INS ?? join(folder, 'stand-ins'))
    : {};
  const tree = join(folder, 'tree');
  const name = `painchain-trial-${process.pid}`;
  const ports = { PAINCHAIN_PORT: '18000', PAINCHAIN_PROXY_PORT: '18080' };
  await copyTree(tree, {
    ...bases,
    ...ports,
    PAINCHAIN_VERSION: name,
    POSTGRES_PASSWORD: 'trial',
    GITHUB_TOKEN: 'nobody',
    GITLAB_TOKEN: 'nobody',
    PAINCHAIN_KUBERNETES_TOKEN: 'nobody',
  });
  return {
    tree,
    name,
    bases,
    containers: project({ name, folder: tree }),
    feed: new Feed(),
    api: 'http://127.0.0.1:18000/api',
    proxy: 'http://127.0.0.1:18080/api',
    /** @param {string} text */
    note: (text) => process.stdout.write(`    ${text}\n`),
  };
}

/** @param {Awaited<ReturnType<typeof prepare>>} trial */
async function runSteps(trial) {
  let passed = 0;
  for (const [what, step] of steps) {
    const startedAt = Date.now();
    try {
      await step(trial);
    } catch (error) {
      process.stdout.write(`✗ ${what}\n${error instanceof Error ? error.message : String(error)}\n`);
      return { passed, failed: 1, skipped: steps.length - passed - 1 };
    }
    passed += 1;
    process.stdout.write(`✓ ${what} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)\n`);
  }
  return { passed, failed: 0, skipped: 0 };
}

/** @typedef {Awaited<ReturnType<typeof prepare>>} Trial */

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  // The first Ctrl-C ends what runs, and with it the step; what was brought up is then taken down.
  process.once('SIGINT', () => undefined);
  const folder = mkdtempSync(join(tmpdir(), 'painchain-compose-'));
  const trial = await prepare(folder);
  let result = { passed: 0, failed: 1, skipped: 0 };
  try {
    result = await runSteps(trial);
  } finally {
    await trial.feed.stop();
    if (process.argv.includes('--keep')) process.stdout.write(`kept: ${trial.name} in ${trial.tree}\n`);
    else {
      const profiles = ['git', 'scale'].flatMap((name) => ['--profile', name]);
      await trial.containers.call(...profiles, 'down', '--volumes', '--remove-orphans');
      const named = [
        '--filter',
        `reference=painchain/*:${trial.name}`,
        '--format',
        '{{.Repository}}:{{.Tag}}',
      ];
      const images = await run(['docker', 'images', ...named]);
      if (images) await run(['docker', 'rmi', ...images.split('\n')]);
      rmSync(folder, { recursive: true });
    }
  }
  const { passed, failed, skipped } = result;
  process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
