import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CalmReport } from './calm-report.js';
import type { LauncherConfig } from './config.js';
import { connectorEnvironment } from './environments.js';
import type { InstanceLock } from './instance-lock.js';
import { shownPath } from './shown-path.js';
import { SupervisedProcess, type UnexpectedEnd } from './supervise.js';
import type { Terminal } from './terminal.js';

/** A connector reads much and keeps little: without it V8 lets several times as much as it keeps pile up. */
const lean = ['--optimize-for-size'];

/** What all connectors are started with. */
export interface ConnectorHost {
  config: LauncherConfig;
  terminal: Terminal;
  report: CalmReport;
  lock: InstanceLock;
}

/** A connector to start. Without a file it works through what is registered. */
export interface ConnectorSpec {
  name: string;
  script: string;
  file: string | undefined;
}

/** The process of a connector, with a log and a directory of its own; to be started. */
export function connectorProcess(
  { config, terminal, report, lock }: ConnectorHost,
  { name, script, file }: ConnectorSpec,
): SupervisedProcess {
  mkdirSync(join(config.dataDir, 'connectors', name), { recursive: true });
  const logFile = join(config.dataDir, 'logs', `${name}.log`);
  return new SupervisedProcess(
    {
      name,
      script,
      nodeFlags: [...lean, ...(config.watch ? ['--watch', '--watch-preserve-output'] : [])],
      cwd: config.root,
      env: connectorEnvironment(config, { name, file }, process.env),
      logFile,
    },
    {
      started: (pid) => lock.remember(name, pid),
      line: (text) => report.read(name, text),
      ended: (end) => describeEnd(terminal, name, file, shownPath(config.root, logFile), end),
    },
  );
}

function describeEnd(
  terminal: Terminal,
  name: string,
  file: string | undefined,
  logFile: string,
  end: UnexpectedEnd,
): void {
  if (end.configuration) {
    terminal.warn(
      file === undefined
        ? `${name} cannot start; it is tried again in a minute.`
        : `${file} cannot be used; it is read again when it changes.`,
    );
    for (const line of end.complaint) terminal.say(`    ${line.trim()}`);
    return;
  }
  const seconds = Math.ceil(end.retryInMs / 1000);
  terminal.warn(`${name} ended (${end.how}); it starts again in ${seconds} s. Its log: ${logFile}`);
}
