import type { SourceStatus } from '@painchain/contract';
import { useNow } from '../../components/clock.js';
import { HealthMark } from '../../components/health.js';
import { Instant } from '../../components/instant.js';
import { roughDuration } from '../../components/time-format.js';
import { RateLimitLeft } from './rate-limit.js';
import { TroubleBox } from './trouble-box.js';

/** Sources of an integration, up to when each has been seen, and what holds it back. */
export function SourceTable({ sources, name }: { sources: readonly SourceStatus[]; name: string }) {
  return (
    <table className="value-table cards-when-narrow" aria-label={`Sources of ${name}`}>
      <thead>
        <tr>
          <th scope="col">Source</th>
          <th scope="col">State</th>
          <th scope="col">Seen up to</th>
          <th scope="col">Lag</th>
          <th scope="col">Last sync</th>
          <th scope="col">Next sync</th>
        </tr>
      </thead>
      {sources.map((source) => (
        <SourceRows key={source.source} source={source} />
      ))}
    </table>
  );
}

function SourceRows({ source }: { source: SourceStatus }) {
  return (
    <tbody>
      <tr>
        <th scope="row" className="font-normal break-all">
          <bdi>{source.project ?? source.source}</bdi>
          {source.project !== null && source.project !== source.source && (
            <span className="block text-muted">
              <bdi>{source.source}</bdi>
            </span>
          )}
          {source.progress && <Progress progress={source.progress} />}
        </th>
        <td data-label="State">
          <HealthMark state={source.state} />
        </td>
        <td data-label="Seen up to">
          <Moment at={source.watermark} />
        </td>
        <td data-label="Lag">{source.lag_seconds === null ? '—' : roughDuration(source.lag_seconds)}</td>
        <td data-label="Last sync">
          <Moment at={source.last_sync} />
        </td>
        <td data-label="Next sync">
          <Next at={source.next_sync} />
        </td>
      </tr>
      {(source.trouble ?? source.rate_limit) && (
        <tr>
          <td colSpan={6}>
            {source.trouble && <TroubleBox trouble={source.trouble} />}
            {source.rate_limit && (
              <p className="text-muted">
                Rate limit: <RateLimitLeft of={source.rate_limit} />
              </p>
            )}
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Moment({ at }: { at: string | null }) {
  return at === null ? '—' : <Instant at={at} />;
}

/** When it is looked at again; a moment that has just passed means that this is happening. */
function Next({ at }: { at: string | null }) {
  const now = useNow();
  return at !== null && Date.parse(at) <= now ? 'now' : <Moment at={at} />;
}

function Progress({ progress }: { progress: NonNullable<SourceStatus['progress']> }) {
  const { done, total, unit } = progress;
  const words = `${done.toLocaleString('en')}${total === null ? '' : ` of ${total.toLocaleString('en')}`} ${unit}`;
  return (
    <span className="mt-1 flex items-center gap-2 text-muted">
      {total !== null && total > 0 && (
        <progress
          className="progress"
          max={total}
          value={Math.min(done, total)}
          aria-label="Collecting the past"
        />
      )}
      <bdi>{words}</bdi>
    </span>
  );
}
