import { z } from 'zod';
import type { Round } from '../look.js';

const RunList = z.object({
  total_count: z.int().nonnegative().catch(0),
  workflow_runs: z.array(z.unknown()),
});

const Place = z.object({ id: z.int(), created_at: z.iso.datetime({ offset: true }) });

/** What a list is gone through by. */
export type Place = z.infer<typeof Place>;

/** The runs of a list's page, as they came; none where it is no such list. */
export function runsOf(round: Round, json: unknown): { total: number; runs: unknown[] } {
  const { data } = RunList.safeParse(json);
  if (!data) round.take({ kind: 'unsupported', what: 'workflow_runs' });
  return { total: data?.total_count ?? 0, runs: data?.workflow_runs ?? [] };
}

/** Where the runs of a page stand; those that can't be read have no place. */
export function placesOf(runs: readonly unknown[]): Place[] {
  return runs.flatMap((run) => Place.safeParse(run).data ?? []);
}
