import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { freePort } from './free-port.js';
import { readPostmaster } from './postmaster.js';

const logSizeLimit = 5_000_000;
/** Recovery after a crash reads the whole write-ahead log since the last checkpoint. */
const readyWithinMs = 120_000;

interface Attempt {
  pid?: number;
  fault?: string;
}

/** Starts a server and waits until it accepts connections. */
export async function launch(
  cluster: Cluster,
  postgres: string,
  preferredPort: number,
  settingsOf: (port: number) => string[],
): Promise<{ pid: number; port: number }> {
  let port = preferredPort;
  const deadline = Date.now() + 15_000;
  for (;;) {
    const { pid, fault } = await attempt(cluster, postgres, settingsOf(port));
    if (pid) return { pid, port };
    const portTaken = /could not bind|could not create any TCP/.test(fault ?? '');
    // The children of a killed server take a moment to notice.
    const dying = /shared memory block|lock file/.test(fault ?? '');
    if ((!portTaken && !dying) || Date.now() > deadline) {
      throw new EmbeddedPostgresError(`PostgreSQL did not start: ${fault}. Its log: ${cluster.logFile}`);
    }
    if (portTaken) port = await freePort();
    else await sleep(200);
  }
}

async function attempt(cluster: Cluster, postgres: string, settings: string[]): Promise<Attempt> {
  if (existsSync(cluster.logFile) && statSync(cluster.logFile).size > logSizeLimit) {
    renameSync(cluster.logFile, `${cluster.logFile}.1`);
  }
  // A file and not a pipe: the server must survive the death of this process.
  const log = openSync(cluster.logFile, 'a', 0o600);
  const logStart = fstatSync(log).size;
  const child = spawnServer(cluster, [postgres, '-D', cluster.directory, ...settings], log);
  closeSync(log);
  const failed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', () => resolve(lastFault(cluster.logFile, logStart)));
  });
  const fault = await Promise.race([failed, becomesReady(cluster, child)]);
  if (fault !== undefined) return { fault };
  child.removeAllListeners();
  child.unref();
  return { pid: child.pid as number };
}

/** In a session of its own: Ctrl-C in the terminal must not end the database before those who write to it. */
function spawnServer(cluster: Cluster, command: string[], log: number): ChildProcess {
  const { prefix, ids } = cluster.runAs;
  const [program = '', ...args] = [...prefix, ...command];
  return spawn(program, args, {
    ...(prefix.length > 0 ? undefined : ids),
    cwd: cluster.directory,
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  });
}

async function becomesReady(cluster: Cluster, child: ChildProcess): Promise<string | undefined> {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const found = readPostmaster(cluster.directory);
    if (found?.ready && found.pid === child.pid) return undefined;
    await sleep(25);
  }
  child.kill('SIGQUIT');
  return `it was not ready within ${readyWithinMs / 1000} s`;
}

function lastFault(logFile: string, from: number): string {
  const lines = readFileSync(logFile).subarray(from).toString('utf8').split('\n');
  const fault = lines.filter((line) => /FATAL|PANIC|ERROR|error/.test(line)).at(-1) ?? lines.at(-2);
  return fault?.replace(/^.*?(FATAL|PANIC|ERROR):\s+/, '') || 'it ended at once';
}
