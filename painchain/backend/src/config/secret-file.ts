import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ConfigurationError } from '@painchain/runtime';

const hasCode = (error: unknown, code: string) =>
  error instanceof Error && 'code' in error && error.code === code;

function writeSynced(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Appears whole or not at all, and the first of several processes wins: the others read what it made. */
function create(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  try {
    writeSynced(draft, `${text}\n`);
    linkSync(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * The secret that a file holds, in one line. A missing file is made, readable by its owner alone.
 *
 * @throws ConfigurationError, naming `variable`, when it can be neither read nor made.
 */
export function readOrCreateSecret(path: string, variable: string, generate: () => string): string {
  try {
    try {
      return readFileSync(path, 'utf8').trim();
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
      create(path, generate());
      return readFileSync(path, 'utf8').trim();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const fault = `the secret can be neither read nor made (${reason}): let this user write there, or set ${variable}`;
    throw new ConfigurationError([{ where: variable, fault }]);
  }
}
