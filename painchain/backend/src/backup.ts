import { resolve } from 'node:path';
import { ConfigurationError, readEnvironment, redactSecret, redactText } from '@painchain/runtime';
import { Client } from 'pg';
import { z } from 'zod';
import { postgresUrl } from './config/postgres-url.js';
import { BackupError } from './database/backup/backup-error.js';
import { dump } from './database/backup/dump.js';
import type { Manifest } from './database/backup/manifest.js';
import { restore } from './database/backup/restore.js';

const usage = `node dist/backup.js dump <new folder>      writes all that is kept, while everything runs
node dist/backup.js restore <folder>       fills an empty database, while no backend runs
DATABASE_URL names the database and its owner.
`;

const say = (line: string) => process.stdout.write(`${redactText(line)}\n`);

function told(manifest: Manifest): void {
  const rows = (copied: Manifest['tables'][number]['copied']) =>
    copied.reduce((sum, { rows }) => sum + rows, 0);
  const all = manifest.tables.reduce((sum, { copied }) => sum + rows(copied), 0);
  const events = manifest.tables.find(({ table }) => table === 'events')?.copied ?? [];
  say(
    `${rows(events).toLocaleString('en')} events of ${events.length} tenants; ${all.toLocaleString('en')} rows in all.`,
  );
}

async function run(command: string | undefined, folder: string | undefined): Promise<number> {
  if ((command !== 'dump' && command !== 'restore') || !folder) {
    process.stderr.write(usage);
    return 1;
  }
  const { DATABASE_URL: url } = readEnvironment(z.object({ DATABASE_URL: postgresUrl }));
  redactSecret(decodeURIComponent(new URL(url).password));
  const owner = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'painchain backup',
  });
  owner.on('error', () => undefined);
  await owner.connect().catch(({ message, code }: Error & { code?: string }) => {
    throw new BackupError(`The database cannot be opened: ${message || code}. Check DATABASE_URL.`);
  });
  try {
    const path = resolve(folder);
    told(await (command === 'dump' ? dump(owner, path) : restore(owner, path)));
    say(
      command === 'dump'
        ? `Saved to ${path}. The keys are not in it: keep them elsewhere.`
        : 'Restored, and compared row by row.',
    );
    return 0;
  } finally {
    await owner.end().catch(() => undefined);
  }
}

try {
  process.exitCode = await run(process.argv[2], process.argv[3]);
} catch (error) {
  const isKnown = error instanceof BackupError || error instanceof ConfigurationError;
  const text = isKnown
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${redactText(text)}\n`);
  process.exitCode = 1;
}
