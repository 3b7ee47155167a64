import { Instant } from '../../components/instant.js';
import type { RateLimit } from './standing.js';

/** How much a vendor still lets one ask, and when it lets one ask again. */
export function RateLimitLeft({ of }: { of: RateLimit }) {
  return (
    <>
      {of.remaining.toLocaleString('en')} of {of.limit.toLocaleString('en')} left{' '}
      <span className="text-muted whitespace-nowrap">
        renewed <Instant at={of.resets_at} />
      </span>
    </>
  );
}
