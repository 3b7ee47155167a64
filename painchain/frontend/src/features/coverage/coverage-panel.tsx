import type {
  Coverage,
  CoverageStretch,
  IntegrationCoverage,
  SourceCounts,
  SourceCoverage,
} from '@painchain/contract';
import { Link } from '@tanstack/react-router';
import { useZone, type Zone } from '../../components/clock.js';
import { ConnectorLogo } from '../../components/connector-mark.js';
import { CoverageStrip, evenly } from '../../components/coverage/coverage-strip.js';
import { toldStretches, worstFirst, worstGap } from '../../components/coverage/gaps.js';
import { StretchLine } from '../../components/coverage/stretch-line.js';
import { kindTones, kindWord, stretchWords } from '../../components/coverage/words.js';
import { StatusMark } from '../../components/status-mark.js';
import { clockTime } from '../../components/time-format.js';

const stripWidth = 288;
const mostIntegrations = 20;
const mostSources = 5;

/** Each integration's view of the window, and what of it may be missing. */
export function CoveragePanel({ coverage }: { coverage: Coverage }) {
  const zone = useZone();
  const { integrations, gaps, more_gaps: more } = coverage;
  const shown = worstFirst(coverage).slice(0, mostIntegrations);
  const rest = integrations.length - shown.length;
  return (
    <div className="flex flex-col gap-3 p-3">
      <p className="text-muted">{stretchWords(coverage, zone, coverage.now)}, as each source saw it.</p>
      {integrations.length === 0 && <p>No source is connected.</p>}
      <ul className="flex flex-col gap-3">
        {shown.map((integration) => (
          <li key={integration.integration_id}>
            <OneIntegration
              integration={integration}
              window={coverage}
              gaps={gaps.filter(({ integration_id }) => integration_id === integration.integration_id)}
            />
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="text-muted">and {rest.toLocaleString('en')} more integrations</p>}
      {more > 0 && (
        <p className="text-muted">and {more.toLocaleString('en')} more sources that did not see all of it</p>
      )}
      <Link to="/settings" className="link">
        All sources and their state
      </Link>
    </div>
  );
}

type OneProps = { integration: IntegrationCoverage; window: Coverage; gaps: readonly SourceCoverage[] };

function OneIntegration({ integration, window, gaps }: OneProps) {
  const zone = useZone();
  const { name, type, sources, stretches, complete_until: until } = integration;
  const worst = worstGap(stretches);
  const word = worst ? kindWord(worst.kind) : `complete${untilWords(until, window, zone)}`;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <ConnectorLogo type={type} size={16} />
        <bdi className="truncate font-semibold">{name}</bdi>
        <span className="ml-auto shrink-0">
          <StatusMark tone={worst ? kindTones[worst.kind] : 'good'} word={word} />
        </span>
      </div>
      <CoverageStrip
        stretches={stretches}
        label={`${name}: ${word}`}
        width={stripWidth}
        height={6}
        place={evenly(window, stripWidth)}
      />
      <p className="text-muted">{sourceWords(sources, worst !== undefined)}</p>
      <Gaps stretches={stretches} now={window.now} />
      {sources.total > 1 && <Sources gaps={gaps} />}
    </div>
  );
}

function sourceWords({ total, complete }: SourceCounts, hasGap: boolean): string {
  if (total === 0) return 'no source';
  const all = `${total.toLocaleString('en')} ${total === 1 ? 'source' : 'sources'}`;
  return hasGap ? `${complete.toLocaleString('en')} of ${all} complete` : all;
}

function untilWords(until: string | null, { to }: Coverage, zone: Zone): string {
  if (until === null || Date.parse(until) >= Date.parse(to)) return '';
  return ` until ${clockTime(Date.parse(until), zone)}`;
}

/** What of an integration's view is less than complete, and why. */
function Gaps({ stretches, now }: { stretches: readonly CoverageStretch[]; now: string }) {
  const told = toldStretches(stretches);
  if (told.length === 0) return null;
  return (
    <ul className="flex flex-col gap-0.5">
      {told.map((stretch) => (
        <li key={stretch.from} className="break-words">
          <StretchLine stretch={stretch} now={now} />
        </li>
      ))}
    </ul>
  );
}

/** Which of several sources they are. */
function Sources({ gaps }: { gaps: readonly SourceCoverage[] }) {
  const troubled = gaps.filter(({ stretches }) => worstGap(stretches) !== undefined);
  if (troubled.length === 0) return null;
  const names = troubled.slice(0, mostSources).map(({ project, source }) => project ?? source);
  const rest = troubled.length - names.length;
  return (
    <p className="break-words text-muted">
      <bdi>{names.join(', ')}</bdi>
      {rest > 0 && ` and ${rest} more`}
    </p>
  );
}
