/** How a status feels. A word that is not known is neutral: a guess could hide a failure. */
export type Tone = 'good' | 'bad' | 'warning' | 'active' | 'neutral';

const words: Record<Exclude<Tone, 'neutral'>, readonly string[]> = {
  good: [
    'success',
    'successful',
    'succeeded',
    'passed',
    'ok',
    'healthy',
    'ready',
    'merged',
    'deployed',
    'approved',
    'resolved',
    'fixed',
    'available',
    'synced',
    'active',
    'up',
  ],
  bad: [
    'failure',
    'failed',
    'fail',
    'failing',
    'error',
    'errored',
    'critical',
    'fatal',
    'crashed',
    'crashloopbackoff',
    'oomkilled',
    'evicted',
    'unhealthy',
    'timed_out',
    'timeout',
    'degraded',
    'down',
    'rejected',
    'rollback',
    'rolled_back',
    'imagepullbackoff',
    'errimagepull',
    'action_required',
    'high',
    'blind',
  ],
  warning: [
    'warning',
    'warn',
    'late',
    'cancelled',
    'canceled',
    'skipped',
    'stale',
    'pending_approval',
    'paused',
    'blocked',
    'orphaned',
    'medium',
    'unstable',
    'forced',
  ],
  active: [
    'running',
    'in_progress',
    'progressing',
    'pending',
    'queued',
    'waiting',
    'started',
    'starting',
    'created',
    'deploying',
    'open',
    'opened',
    'reopened',
    'scheduled',
    'draining',
    'requested',
  ],
};

const tones = new Map(
  Object.entries(words).flatMap(([tone, list]) => list.map((word): [string, Tone] => [word, tone as Tone])),
);

export function toneOf(status: string): Tone {
  return (
    tones.get(
      status
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, '_'),
    ) ?? 'neutral'
  );
}

/** Every way in which a failure is written as a status, which is in lower case. */
export const badStatuses: readonly string[] = [
  ...new Set(words.bad.flatMap((word) => [word, word.replaceAll('_', '-'), word.replaceAll('_', ' ')])),
];
