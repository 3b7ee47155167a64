// npm run dev: as npm start, but what changes is built and started again. The interface is on Vite's own port.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import './node-version.mjs';
import { ensureBuild, runningProjects, tsc, vite } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { Fault, preparationIsOver, root } from './step.mjs';

try {
  await ensureDependencies();
  await ensureBuild();
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
preparationIsOver();

/**
 * @param {string[]} command
 * @param {string} cwd
 */
function beside([program = '', ...args], cwd) {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  process.once('exit', () => child.kill());
}
beside([...tsc, '-b', ...runningProjects(), '--watch', '--preserveWatchOutput'], root);
beside([...vite, '--clearScreen', 'false'], join(root, 'painchain/frontend'));
process.env.PAINCHAIN_WATCH = 'true';
await import('../painchain/launcher/dist/main.js');
