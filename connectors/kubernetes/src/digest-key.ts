import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@painchain/connector-sdk';

const shape = /^[0-9a-f]{64}$/;

/**
 * What the digests of values are keyed with that must not be told: without it nobody can try which value gives one. It
 * lies beside the snapshots, which are worth as little without it as it is without them. So where the disk takes
 * neither, it is made anew at each start.
 */
export async function readDigestKey(dataDir: string, log: Logger): Promise<string> {
  const file = join(dataDir, 'digest-key');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (shape.test(known)) return known;
  const made = randomBytes(32).toString('hex');
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFile(file, made, { mode: 0o600 });
  } catch (error) {
    log.warn({ err: error }, "the data directory can't be written: a restart would know nothing");
  }
  return made;
}
