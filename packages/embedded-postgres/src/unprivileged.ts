import { spawnSync } from 'node:child_process';
import { lchownSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** How a program of PostgreSQL, which refuses to be root, is run. */
export interface RunAs {
  /** Put before the program and its arguments. */
  prefix: readonly string[];
  /** For spawn; and the owner that the files must have. */
  ids: { uid: number; gid: number } | undefined;
}

/** Not asked of the caller: an ordinary user runs PostgreSQL as itself. */
const asMyself: RunAs = { prefix: [], ids: undefined };

/**
 * Root hands PostgreSQL to `postgres` or `nobody` where that user can reach the folders. A clone below root's own
 * 0700 home is out of their reach: there a user namespace gives the process another number for root's files.
 */
export function chooseRunAs(program: string, folder: string): RunAs {
  if (process.getuid?.() !== 0) return asMyself;
  for (const name of ['postgres', 'nobody']) {
    const ids = idsOf(name);
    if (ids && canReach(ids, program, folder)) return { prefix: [], ids };
  }
  const prefix = ['unshare', '--user', '--map-user=1', '--map-group=1', '--'];
  if (spawnSync('unshare', [...prefix.slice(1), 'true']).status === 0)
    return { prefix, ids: { uid: 0, gid: 0 } };
  throw new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root, and no other user may enter ${folder}. Start as an ordinary user, or set PAINCHAIN_DATA_DIR to a folder that others may enter, or point DATABASE_URL at a server.`,
  );
}

function idsOf(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':').map(Number) ?? [];
  return uid && gid ? { uid, gid } : undefined;
}

function canReach(ids: { uid: number; gid: number }, program: string, folder: string): boolean {
  const probe = 'test -x "$1" && cd "$2"';
  return spawnSync('/bin/sh', ['-c', probe, 'sh', program, folder], { ...ids, cwd: '/' }).status === 0;
}

/** Gives the files to whoever will run PostgreSQL: root's choice above may differ from the last start's. */
export function giveFiles(runAs: RunAs, path: string): void {
  if (!runAs.ids) return;
  const { uid, gid } = runAs.ids;
  const found = lstatSync(path);
  if (found.uid !== uid || found.gid !== gid) lchownSync(path, uid, gid);
  if (found.isDirectory()) for (const name of readdirSync(path)) giveFiles(runAs, join(path, name));
}
