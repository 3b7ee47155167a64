// npm run check: format, types, lint, laws of the rooms, dead code. All are run, so that one look shows every fault.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import './node-version.mjs';
import { generateClient, tsc } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { Fault, root, run } from './step.mjs';

/**
 * @param {string} path
 * @param {string[]} args
 */
const tool = (path, ...args) => [process.execPath, join(root, 'node_modules', path), ...args];

const lawsApplyTo = ['packages', 'painchain', 'connectors', 'e2e', 'bench', 'tools'];

/** @type {[string, string[]][]} */
const checks = [
  ['format', tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.')],
  ['client', generateClient],
  ['types', [...tsc, '-b']],
  [
    'lint',
    tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives'),
  ],
  [
    'laws',
    tool(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      ...lawsApplyTo,
    ),
  ],
  ['vendors', [process.execPath, join(root, 'tools/vendors.mjs')]],
  ['dead code', tool('knip/bin/knip.js')],
];

/** @returns {Promise<{ passed: number, failed: number }>} */
export async function runChecks() {
  const result = { passed: 0, failed: 0 };
  for (const [name, command] of checks) {
    const startedAt = Date.now();
    const { code, output } = await run(command, root, process.env);
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n${code === 0 ? '' : output}`);
    if (code === 0) result.passed += 1;
    else result.failed += 1;
  }
  return result;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await ensureDependencies();
    const { failed } = await runChecks();
    process.exitCode = failed > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
