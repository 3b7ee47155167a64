import { ConfigurationError, exitCodes } from '@painchain/runtime';
import { startBackend } from './backend.js';
import { CalmReport } from './calm-report.js';
import { type LauncherConfig, readConfig } from './config.js';
import { ConnectorsOnDemand } from './connectors-on-demand.js';
import { Connectors } from './connectors.js';
import { openDatabase } from './database.js';
import { LaunchError } from './launch-error.js';
import { preflight } from './preflight.js';
import { shownPath } from './shown-path.js';
import type { StopSignals } from './stop-signals.js';
import type { Terminal } from './terminal.js';

// Together under the five seconds in which a stop has to be over.
const grace = { connectorsMs: 1_500, backendMs: 2_200, databaseMs: 1_000 };

/** Runs PainChain until it is told to stop. The result is the exit code. */
export async function runLauncher(root: string, terminal: Terminal, signals: StopSignals): Promise<number> {
  try {
    const config = readConfig(root);
    await launch(config, terminal, signals);
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof LaunchError) terminal.fault(error.message);
    else if (error instanceof ConfigurationError) {
      terminal.fault('The settings cannot be used:');
      for (const { where, fault } of error.issues) terminal.say(`    ${where}: ${fault}`);
      return exitCodes.configuration;
    } else throw error;
    return exitCodes.bug;
  }
}

async function launch(config: LauncherConfig, terminal: Terminal, signals: StopSignals): Promise<void> {
  const lock = await preflight(config, terminal);
  const undo: { stop: () => Promise<void>; kill?: () => void }[] = [
    { stop: () => Promise.resolve(lock.release()) },
  ];
  signals.onSecond(() => undo.forEach(({ kill }) => kill?.()));
  const report = new CalmReport((line) => terminal.warn(line));
  try {
    const database = await openDatabase(config, terminal);
    undo.push({ stop: () => database.stop(signals.hurry ? 300 : grace.databaseMs) });
    if (signals.signal.aborted) return;
    const backend = await startBackend(config, database.url, terminal, report, lock, signals.signal);
    undo.push({ stop: () => backend.stop(grace.backendMs), kill: () => backend.kill() });
    if (signals.signal.aborted) return;
    const host = { config, terminal, report, lock };
    const connectors = new Connectors(host);
    const onDemand = new ConnectorsOnDemand(host, connectors);
    undo.push({
      stop: async () => {
        await Promise.all([connectors, onDemand].map((all) => all.stop(grace.connectorsMs)));
      },
      kill: () => [connectors, onDemand].forEach((all) => all.kill()),
    });
    connectors.follow();
    onDemand.follow();
    welcome(config, terminal, database.description, connectors.files);
    await signals.stopped;
  } finally {
    if (signals.signal.aborted) terminal.say('\nStopping …');
    for (const { stop } of undo.reverse()) await stop();
    if (signals.signal.aborted) terminal.say('Stopped.');
  }
}

function welcome(config: LauncherConfig, terminal: Terminal, database: string, files: string[]): void {
  const logs = shownPath(config.root, `${config.dataDir}/logs`);
  terminal.say('PainChain runs.');
  terminal.row('database', database);
  terminal.row('backend', `${config.publicUrl} (its API: ${config.publicUrl}/api/docs)`);
  for (const file of files) terminal.row('connector', file);
  terminal.say('');
  terminal.row('Look at', `${config.publicUrl}/home`);
  terminal.row(
    'Next',
    files[0]
      ? `edit ${files[0]}, or add a file beside it, to watch more`
      : `copy connectors/git/config.example.yaml to ${config.configDir}/git-connector.yaml`,
  );
  terminal.row('Logs', logs);
  terminal.row('Stop', 'Ctrl-C');
}
