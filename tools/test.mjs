// npm test: makes a fresh clone ready, runs every test, and ends with `N passed, N failed`.
// `npm test -- <filter>` runs the files whose path contains it; options of Vitest pass through.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import './node-version.mjs';
import { ensureBuild, generateClient, tsc } from './build.mjs';
import { runChecks } from './checks.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { Fault, preparationIsOver, root, step } from './step.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {string[]} args
 * @returns {Promise<Counts>} of all projects together; a run that ends before it can count has failed
 */
async function runVitest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'painchain-tests-'));
  const counts = join(folder, 'counts.json');
  const code = await new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PAINCHAIN_TEST_COUNTS: counts },
    });
    // The terminal has told Vitest, too; it ends its workers and databases, and then we end.
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
      process.on(signal, () => child.kill(signal));
    }
    child.once('close', resolve);
  });
  /** @type {Counts} */
  const result = existsSync(counts)
    ? JSON.parse(readFileSync(counts, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0 };
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0 && result.failed === 0) result.failed = 1;
  if (code === 0 && result.passed + result.skipped === 0) result.failed = 1;
  return result;
}

/** @param {Counts} counts */
function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @type {Counts} */
const total = { passed: 0, failed: 0, skipped: 0 };
const args = process.argv.slice(2);
try {
  await ensureDependencies();
  await step({
    title: 'Generating the database client',
    command: generateClient,
    remedy: 'See: npm run check',
  });
  if (args[0] === '--with-checks') {
    args.shift();
    const checks = await runChecks();
    total.passed += checks.passed;
    total.failed += checks.failed;
  }
  await ensureBuild();
  // The programs that the end-to-end tests start; milliseconds when nothing has changed.
  await step({ title: 'Building the tests', command: [...tsc, '-b', 'e2e'], remedy: 'See: npm run check' });
  preparationIsOver();
  const tests = await runVitest(args);
  total.passed += tests.passed;
  total.failed += tests.failed;
  total.skipped += tests.skipped;
} catch (error) {
  process.stderr.write(`${error instanceof Fault ? error.message : inspect(error)}
`);
  total.failed += 1;
}
process.exitCode = total.failed > 0 ? 1 : 0;
process.stdout.write(`\n${closingLine(total)}\n`);
