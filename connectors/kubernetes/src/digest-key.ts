import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const shape = /^[0-9a-f]{64}$/;

/**
 * What the digests of values are keyed with that must not be told: without it nobody can try which value gives one. It
 * lies beside the snapshots, which are worth as little without it as it is without them.
 */
export async function readDigestKey(dataDir: string): Promise<string> {
  const file = join(dataDir, 'digest-key');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (shape.test(known)) return known;
  const made = randomBytes(32).toString('hex');
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, made, { mode: 0o600 });
  return made;
}
