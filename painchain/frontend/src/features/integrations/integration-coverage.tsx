import type { CoverageStretch } from '@painchain/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getCoverage } from '../../api/coverage.js';
import { useZone } from '../../components/clock.js';
import { CodedText } from '../../components/coded-text.js';
import { CoverageStrip, evenly } from '../../components/coverage/coverage-strip.js';
import { finding, kindTones, kindWord, stretchWords } from '../../components/coverage/words.js';
import { ProblemLine } from '../../components/problem-line.js';
import { StatusGlyph, StatusMark } from '../../components/status-mark.js';
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
      {coverage && <Spells stretches={coverage.stretches} now={coverage.now} />}
    </section>
  );
}

/** Whatever was not simply seen, the newest first. */
function Spells({ stretches, now }: { stretches: readonly CoverageStretch[]; now: string }) {
  const zone = useZone();
  const spells = stretches.filter(({ kind }) => kind !== 'complete' && kind !== 'pending').toReversed();
  // A single one is what the sentence above says.
  if (spells.length < 2) return null;
  return (
    <ul className="flex flex-col gap-1">
      {spells.slice(0, mostTold).map((spell) => (
        <li key={spell.from} className="flex flex-wrap items-center gap-x-3">
          <StatusMark tone={kindTones[spell.kind]} word={kindWord(spell.kind)} />
          <span className="tabular-nums">{stretchWords(spell, zone, now)}</span>
          {spell.reason !== undefined && (
            <span className="text-muted">
              <CodedText text={spell.reason} />
            </span>
          )}
        </li>
      ))}
      {spells.length > mostTold && (
        <li className="text-muted">and {spells.length - mostTold} earlier ones</li>
      )}
    </ul>
  );
}
