import type { CoverageStretch } from '@painchain/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getCoverage } from '../../api/coverage.js';
import { useZone } from '../../components/clock.js';
import { CoverageStrip, evenly } from '../../components/coverage/coverage-strip.js';
import { toldStretches } from '../../components/coverage/gaps.js';
import { StretchLine } from '../../components/coverage/stretch-line.js';
import { finding } from '../../components/coverage/words.js';
import { ProblemLine } from '../../components/problem-line.js';
import { StatusGlyph } from '../../components/status-mark.js';
import { useWidth } from '../../components/use-width.js';

const dayMs = 86_400_000;
const mostTold = 8;

/** How completely an integration saw the last 24 hours, and why no better. */
export function IntegrationCoverage({ id }: { id: string }) {
  const zone = useZone();
  const [place, width] = useWidth();
  const query = useQuery({
    queryKey: ['coverage', 'integration', id],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - dayMs).toISOString();
      return getCoverage({ from, integration: [id] }, signal);
    },
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
    retry: false,
  });
  const coverage = query.data;
  const found = coverage && finding(coverage, zone);
  return (
    <section className="card flex flex-col gap-2" aria-labelledby="coverage">
      <h2 id="coverage" className="font-semibold">
        Seen of the last 24 hours
      </h2>
      {query.isError && !coverage && (
        <ProblemLine
          what="It could not be told what was seen"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      <div ref={place}>
        {coverage && found && (
          <CoverageStrip
            stretches={coverage.stretches}
            label={`The last 24 hours: ${found.text}`}
            width={width}
            height={8}
            place={evenly(coverage, width)}
          />
        )}
      </div>
      {found && (
        <p className="flex items-start gap-2">
          <span className="mt-0.5">
            <StatusGlyph tone={found.tone} />
          </span>
          <bdi>{found.text}</bdi>
        </p>
      )}
      {coverage && <ToldStretches stretches={coverage.stretches} now={coverage.now} />}
    </section>
  );
}

/** Whatever was not simply seen, the newest first. */
function ToldStretches({ stretches, now }: { stretches: readonly CoverageStretch[]; now: string }) {
  const told = toldStretches(stretches).toReversed();
  // A single one is what the sentence above says.
  if (told.length < 2) return null;
  return (
    <ul className="flex flex-col gap-1">
      {told.slice(0, mostTold).map((stretch) => (
        <li key={stretch.from} className="break-words">
          <StretchLine stretch={stretch} now={now} />
        </li>
      ))}
      {told.length > mostTold && <li className="text-muted">and {told.length - mostTold} earlier ones</li>}
    </ul>
  );
}
