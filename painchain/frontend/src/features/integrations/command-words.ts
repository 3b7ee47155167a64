import type { CommandView, SourceStatus } from '@painchain/contract';

/** How far a command is, or what came of it, in a sentence. */
export function commandWords({
  kind,
  status,
  steps,
}: Pick<CommandView, 'kind' | 'status' | 'steps'>): string {
  const failed = steps.filter((step) => !step.ok).length;
  if (status === 'queued') return 'Waiting for the next heartbeat of its connector…';
  if (status === 'sent') return kind === 'test' ? 'Testing the connection…' : 'Looking at the sources…';
  if (kind === 'test')
    return status === 'succeeded'
      ? 'The connection works.'
      : `The connection does not work: ${failed} of ${steps.length} steps failed.`;
  const sources = steps.length === 1 ? '1 source' : `${steps.length} sources`;
  return status === 'succeeded'
    ? `Synced: ${sources} looked at.`
    : `The sync failed for ${failed} of ${sources}.`;
}

/** What failed first, since that is what somebody has to mend. A test's steps follow from each other and stay. */
export function shownSteps({ kind, steps }: Pick<CommandView, 'kind' | 'steps'>): CommandView['steps'] {
  return kind === 'test' ? steps : steps.toSorted((one, other) => Number(one.ok) - Number(other.ok));
}

/** How many sources have been looked at since a command was given. */
export function lookedAt(
  sources: readonly SourceStatus[],
  { created_at }: Pick<CommandView, 'created_at'>,
): number {
  const since = Date.parse(created_at);
  return sources.filter(({ last_sync }) => last_sync !== null && Date.parse(last_sync) >= since).length;
}
