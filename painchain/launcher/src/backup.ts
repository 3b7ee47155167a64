import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from '@painchain/runtime';
import { type LauncherConfig, readConfig } from './config.js';
import { prepareDataDirectory } from './data-directory.js';
import { openDatabase } from './database.js';
import { takeLock } from './instance-lock.js';
import { LaunchError } from './launch-error.js';
import { createTerminal } from './terminal.js';

const usage = `npm run backup -- <new folder>    saves all that is kept, while PainChain runs or not
npm run restore -- <folder>      fills an empty database: of PAINCHAIN_DATA_DIR, or of DATABASE_URL
`;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const terminal = createTerminal();

/** Runs the backend's own program on the database that `npm start` would open. */
async function run(command: string | undefined, folder: string | undefined): Promise<number> {
  if ((command !== 'dump' && command !== 'restore') || !folder) {
    process.stderr.write(usage);
    return 1;
  }
  // npm runs scripts in the repository; a relative folder is relative to where the command was typed.
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), folder);
  const config = readConfig(root);
  return withDatabase(config, command, async (url) => {
    const script = join(root, 'painchain', 'backend', 'dist', 'backup.js');
    const child = spawn(process.execPath, [script, command, path], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DATABASE_URL: url },
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return code ?? 1;
  });
}

async function withDatabase(
  config: LauncherConfig,
  command: 'dump' | 'restore',
  work: (url: string) => Promise<number>,
): Promise<number> {
  if (config.databaseUrl) return work(config.databaseUrl);
  if (command === 'dump' && !existsSync(join(config.dataDir, 'postgres'))) {
    throw new LaunchError(
      `There is no database in ${config.dataDir}. Set PAINCHAIN_DATA_DIR, or DATABASE_URL.`,
    );
  }
  prepareDataDirectory(config.dataDir);
  const lock = takeLock(config.dataDir, config.publicUrl);
  const isRunning = 'runningAt' in lock;
  if (isRunning && command === 'restore') {
    throw new LaunchError('PainChain runs on this data directory. Stop it, and restore into an empty one.');
  }
  // A server that serves a running PainChain is found, and left alone.
  const database = await openDatabase(config, terminal);
  try {
    return await work(database.url);
  } finally {
    if (!isRunning) await database.stop(10_000);
    if (!isRunning) lock.release();
  }
}

try {
  process.exit(await run(process.argv[2], process.argv[3]));
} catch (error) {
  if (!(error instanceof LaunchError || error instanceof ConfigurationError)) throw error;
  terminal.fault(error.message);
  process.exit(1);
}
