// One slow thing at a time, said calmly: a line before, its time after, and its output only when it fails.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Something went wrong that whoever runs the command can put right; the message is all they need to see. */
export class Fault extends Error {}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let stopping = false;

/** Until PainChain itself listens: what is being prepared ends together with us. */
function stop() {
  if (stopping) return;
  stopping = true;
  process.stderr.write('\nStopped before it was ready.\n');
  signalAll('SIGTERM');
  setTimeout(() => {
    signalAll('SIGKILL');
    process.exit(130);
  }, 3_000).unref();
  void Promise.all([...running].map((child) => once(child, 'close'))).then(() => process.exit(130));
}

/** @param {NodeJS.Signals} signal */
function signalAll(signal) {
  for (const { pid } of running) {
    try {
      if (pid) process.kill(-pid, signal);
    } catch {
      // It has just ended by itself.
    }
  }
}

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
for (const signal of signals) process.on(signal, stop);

/** Hands the signals over to whoever runs next in this process. */
export function preparationIsOver() {
  for (const signal of signals) process.off(signal, stop);
}

/**
 * @param {{ title: string, command: string[], cwd?: string, env?: NodeJS.ProcessEnv, remedy: string }} options
 * @returns {Promise<void>} rejected with a Fault that names the log and the remedy
 */
export async function step({ title, command, cwd = root, env = process.env, remedy }) {
  const startedAt = Date.now();
  process.stderr.write(`${title} …\n`);
  const { code, output } = await run(command, cwd, env);
  if (code !== 0) {
    // In a folder of its own: of a fixed name, another user's may be in the way.
    const log = join(mkdtempSync(join(tmpdir(), 'painchain-')), 'output.log');
    writeFileSync(log, output);
    const words = lastWords(output);
    throw new Fault(`${title} failed${words ? `: ${words}` : ''}\n  All it said is in ${log}. ${remedy}`);
  }
  const seconds = (Date.now() - startedAt) / 1000;
  if (seconds > 2) process.stderr.write(`${title}: done in ${seconds.toFixed(0)} s\n`);
}

/**
 * @param {string[]} command
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run([program = '', ...args], cwd, env) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    }
    child.once('error', (error) => resolve({ code: 127, output: `${error.message}\n` }));
    child.once('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** @param {string} output */
function lastWords(output) {
  const lines = output.split('\n').map((line) => line.trim());
  return (
    lines.find((line) => /error/i.test(line) && !/A complete log/.test(line)) ?? lines.filter(Boolean).at(-1)
  );
}
