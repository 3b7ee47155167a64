import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../../../../shared/data/gitlab/', import.meta.url);

/** Recorded data of public projects, beside the repository where it is there at all. */
export const hasRecorded = existsSync(folder);

/** The rows of a file of it; none where it is absent. */
export function recordedRows<Row>(file: string): Row[] {
  if (!hasRecorded) return [];
  const lines = readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}
