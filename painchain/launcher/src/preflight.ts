import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LauncherConfig } from './config.js';
import { prepareDataDirectory } from './data-directory.js';
import { type InstanceLock, takeLock } from './instance-lock.js';
import { LaunchError } from './launch-error.js';
import { type ProcessIdentity, stillRuns } from './process-identity.js';
import type { Terminal } from './terminal.js';

/** Everything that can be known to be wrong before anything is started: each gets one line with its remedy. */
export async function preflight(config: LauncherConfig, terminal: Terminal): Promise<InstanceLock> {
  prepareDataDirectory(config.dataDir);
  const lock = takeLock(config.dataDir, config.publicUrl);
  if ('runningAt' in lock) {
    throw new LaunchError(
      `PainChain already runs on this data directory: ${lock.runningAt}/home. Stop it first, or set PAINCHAIN_DATA_DIR and PAINCHAIN_PORT for a second one.`,
    );
  }
  try {
    await endLeftOvers(lock.leftOver);
    await requirePort(config.host, config.port);
  } catch (error) {
    lock.release();
    throw error;
  }
  if (spawnSync('git', ['--version']).error) {
    terminal.warn('git is not installed: git repositories cannot be read until it is.');
  }
  return lock;
}

/** The backend and connectors of a start that was killed end by themselves; this makes sure of it. */
async function endLeftOvers(leftOver: readonly ProcessIdentity[]): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGTERM', 4_000],
    ['SIGKILL', 1_000],
  ] as const) {
    const running = leftOver.filter(stillRuns);
    for (const { pid } of running) process.kill(pid, signal);
    const deadline = Date.now() + waitMs;
    while (running.some(stillRuns) && Date.now() < deadline) await sleep(50);
  }
}

/** @throws LaunchError when the backend could not listen there. */
export function requirePort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new LaunchError(whyNot(error, host, port))),
    );
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}

function whyNot({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use by another program. Choose a free one: PAINCHAIN_PORT=${port + 1} npm start`;
  }
  if (code === 'EACCES') {
    return `Port ${port} needs more rights than this user has. Choose one above 1023: PAINCHAIN_PORT=8000 npm start`;
  }
  return `Cannot listen on ${host}, port ${port} (${code ?? message}). Set PAINCHAIN_HOST and PAINCHAIN_PORT.`;
}
