import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BackupError } from './backup-error.js';

export const format = 1;
export const manifestFile = 'manifest.json';

const Copied = z.object({
  /** The tenant's id; null in tables that have none. */
  tenant: z.int().nullable(),
  rows: z.int().nonnegative(),
  /** Of the rows as PostgreSQL writes them, in the order of their key. */
  sha256: z.string(),
});
export type Copied = z.infer<typeof Copied>;

const Manifest = z.object({
  format: z.literal(format),
  made_at: z.string(),
  postgres: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(z.object({ table: z.string(), columns: z.array(z.string()), copied: z.array(Copied) })),
  /** The last number that was given, so that none is given twice. */
  sequences: z.array(z.object({ table: z.string(), column: z.string(), last: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

export function dataFile(folder: string, table: string): string {
  return join(folder, `${table}.copy.gz`);
}

/** @throws BackupError */
export function readManifest(folder: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(folder, manifestFile), 'utf8'));
  } catch (error) {
    throw new BackupError(`${folder} holds no backup (${(error as Error).message}).`);
  }
  const manifest = Manifest.safeParse(json);
  if (manifest.success) return manifest.data;
  throw new BackupError(
    `The manifest in ${folder} cannot be read: it is damaged, or of another release of PainChain.`,
  );
}
