import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CalmReport } from './calm-report.js';
import type { LauncherConfig } from './config.js';
import { backendEnvironment } from './environments.js';
import type { InstanceLock } from './instance-lock.js';
import { LaunchError } from './launch-error.js';
import { shownPath } from './shown-path.js';
import { SupervisedProcess, type UnexpectedEnd } from './supervise.js';
import type { Terminal } from './terminal.js';

/** Attempts of a first start before we say that it does not work. */
const attempts = 3;

/** Starts the backend and waits until it serves. @throws LaunchError when it does not, with its own words. */
export async function startBackend(
  config: LauncherConfig,
  databaseUrl: string,
  terminal: Terminal,
  report: CalmReport,
  lock: InstanceLock,
  signal: AbortSignal,
): Promise<SupervisedProcess> {
  const script = join(config.root, 'painchain', 'backend', 'dist', 'main.js');
  if (!existsSync(script)) throw new LaunchError(`The backend is not built (${script}). Run: npm start`);
  const logFile = join(config.dataDir, 'logs', 'backend.log');
  let ready = false;
  let failures = 0;
  let failed: UnexpectedEnd | undefined;
  const backend = new SupervisedProcess(
    {
      name: 'backend',
      script,
      nodeFlags: config.watch ? ['--watch', '--watch-preserve-output'] : [],
      cwd: config.root,
      env: backendEnvironment(config, databaseUrl, process.env),
      logFile,
    },
    {
      started: (pid) => lock.remember('backend', pid),
      line: (text) => report.read('backend', text),
      ended: (end) => {
        failures += 1;
        if (!ready && (end.configuration || failures >= attempts)) failed = end;
        else
          terminal.warn(
            `The backend ended (${end.how}); it starts again in ${Math.ceil(end.retryInMs / 1000)} s.`,
          );
      },
    },
  );
  backend.start();
  const slow = setTimeout(() => terminal.say('Starting the backend …'), 3_000);
  try {
    while (!signal.aborted && !(await answers(`${config.localUrl}/api/health/ready`))) {
      if (failed) throw new LaunchError(whyNot(failed, shownPath(config.root, logFile)));
      await sleep(60);
    }
  } catch (error) {
    await backend.stop(1_000);
    throw error;
  } finally {
    clearTimeout(slow);
  }
  ready = true;
  return backend;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function whyNot({ configuration, how, complaint }: UnexpectedEnd, logFile: string): string {
  if (configuration && complaint.length > 0) return complaint.join('\n');
  const words = complaint.find((line) => line.trim() !== '') ?? 'it said nothing';
  return `The backend does not start (${how}): ${words}. Its log: ${logFile}`;
}
