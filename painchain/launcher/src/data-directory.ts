import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from './launch-error.js';

const marker = 'painchain-data';
const format = 1;
const text = `PainChain keeps its database, its keys and its logs in this folder. npm run backup saves the database; keep secret.key
elsewhere: it opens what is sealed in there.
format: ${format}
`;

/** What stands in a folder of ours even before it is marked: a backend that ran alone makes its keys. */
const ours = new Set([
  marker,
  'connector.key',
  'secret.key',
  'postgres',
  'logs',
  'connectors',
  'launcher.lock',
]);

const remedy = 'Set PAINCHAIN_DATA_DIR to another folder.';

/** Makes the data directory, or checks that the one that is there is ours and can be written. */
export function prepareDataDirectory(dataDir: string): void {
  try {
    // Others may enter but find only files of mode 0600: PostgreSQL runs as another user when we are root.
    mkdirSync(dataDir, { recursive: true, mode: 0o755 });
    refuseForeign(dataDir);
    const probe = join(dataDir, `launcher.lock.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
    if (!existsSync(join(dataDir, marker))) writeFileSync(join(dataDir, marker), text);
    mkdirSync(join(dataDir, 'logs'), { recursive: true });
  } catch (error) {
    if (error instanceof LaunchError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new LaunchError(
      code === 'ENOTDIR' || code === 'EEXIST'
        ? `${dataDir} is not a folder. ${remedy}`
        : `${dataDir} cannot be written (${code}). Set PAINCHAIN_DATA_DIR to a folder that can.`,
    );
  }
}

function refuseForeign(dataDir: string): void {
  const names = readdirSync(dataDir);
  if (names.includes(marker)) {
    const found = Number(/format: (\d+)/.exec(readFileSync(join(dataDir, marker), 'utf8'))?.[1]);
    if (found === format) return;
    throw new LaunchError(
      `${dataDir} was written by another release of PainChain (format ${found}). Run that release, or set PAINCHAIN_DATA_DIR to a new folder.`,
    );
  }
  const foreign = names.filter((name) => !ours.has(name.replace(/\.(probe-)?\d+$/, '')));
  if (foreign.length === 0) return;
  const some = foreign.slice(0, 3).join(', ');
  throw new LaunchError(`${dataDir} holds files that are not PainChain's (${some}). ${remedy}`);
}
