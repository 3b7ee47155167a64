import type { IntegrationHealth, IntegrationView, SourceStatus } from '@painchain/contract';
import type { Tone } from '@painchain/contract/tone';
import { StatusMark } from './status-mark.js';

type State = IntegrationHealth | SourceStatus['state'] | 'running' | 'draining' | 'stopped' | 'silent';

const looks: Record<State, [Tone, string]> = {
  healthy: ['good', 'Healthy'],
  late: ['warning', 'Late'],
  failing: ['bad', 'Failing'],
  action_required: ['bad', 'Action required'],
  paused: ['neutral', 'Paused'],
  never_connected: ['neutral', 'Never connected'],
  orphaned: ['warning', 'Orphaned'],
  starting: ['active', 'Starting'],
  running: ['good', 'Running'],
  draining: ['active', 'Draining'],
  stopped: ['neutral', 'Stopped'],
  silent: ['bad', 'Silent'],
};

/** How an integration, a source or a connector is doing. */
export function HealthMark({ state }: { state: State }) {
  const [tone, word] = looks[state] ?? ['neutral', state];
  return <StatusMark tone={tone} word={word} />;
}

/** The largest lag of an integration's sources, in seconds. */
export function lagOf(integration: IntegrationView): number | undefined {
  const lags = integration.sources.flatMap((source) => source.lag_seconds ?? []);
  return lags.length === 0 ? undefined : Math.max(...lags);
}

/** True when the timeline may be missing something that this integration should have brought. */
export function isBlind(integration: IntegrationView): boolean {
  return ['late', 'failing', 'action_required', 'orphaned'].includes(integration.health);
}
