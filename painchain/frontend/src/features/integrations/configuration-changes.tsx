import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { changesOf, changesQuery } from '../../api/integrations.js';
import { Instant } from '../../components/instant.js';
import { ProblemLine } from '../../components/problem-line.js';

const shown = 5;

/** Who changed the configuration of an integration last, each as an event of the timeline. */
export function ConfigurationChanges({ id }: { id: string }) {
  const changes = useQuery(changesQuery(id, shown));
  return (
    <section className="card flex flex-col gap-2" aria-labelledby="changes">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 id="changes" className="font-semibold">
          Last changes
        </h2>
        {changes.data && changes.data.length > 0 && (
          <Link to="/home" search={{ q: changesOf(id) }} className="text-button">
            All on the timeline
          </Link>
        )}
      </div>
      {changes.isError && !changes.data && (
        <ProblemLine
          what="The changes could not be loaded"
          error={changes.error}
          onRetry={() => void changes.refetch()}
        />
      )}
      {changes.data?.length === 0 && <p className="text-muted">None is on the timeline.</p>}
      <ul className="flex flex-col gap-1">
        {changes.data?.map((row) => (
          <li key={row.id} className="flex flex-wrap items-baseline gap-x-3">
            <Link to="/home" search={{ q: changesOf(id), e: row.id }} className="link">
              <bdi>{row.title}</bdi>
            </Link>
            <span className="text-muted">
              {row.actor !== null && (
                <>
                  <bdi>{row.actor}</bdi> ·{' '}
                </>
              )}
              <Instant at={row.timestamp} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
