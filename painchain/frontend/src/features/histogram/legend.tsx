import { excluded, withoutValue } from '../../address/conditions.js';
import type { Stacking } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { classNames } from '../../components/class-names.js';
import { StatusGlyph } from '../../components/status-mark.js';
import { failureColour, otherColour } from './colours.js';
import type { LegendEntry } from './series.js';

type Props = {
  entries: readonly LegendEntry[];
  by: Stacking;
  others: number;
  failures: number;
  change: HomeChange;
};

/** What the colours mean. Pressing an entry takes its events out of chart and list, and brings them back. */
export function Legend({ entries, by, others, failures, change }: Props) {
  return (
    <ul className="legend" aria-label="What the bars are made of">
      {failures > 0 && (
        <li className="legend-entry" style={{ color: failureColour }}>
          <StatusGlyph tone="bad" />
          Failures <Count count={failures} />
        </li>
      )}
      {entries.map((entry) => (
        <li key={`${entry.value === null}${entry.value}`}>
          {entry.value === null || by === 'none' ? (
            <span className="legend-entry text-muted">
              <Swatch colour={entry.colour} /> {entry.label} <Count count={entry.count} />
            </span>
          ) : (
            <EntryButton entry={entry} value={entry.value} by={by} change={change} />
          )}
        </li>
      ))}
      {others > 0 && (
        <li className="legend-entry text-muted">
          <Swatch colour={otherColour} /> Other <Count count={others} />
        </li>
      )}
    </ul>
  );
}

type ButtonProps = {
  entry: LegendEntry;
  value: string;
  by: Exclude<Stacking, 'none'>;
  change: HomeChange;
};

function EntryButton({ entry: { label, count, colour, isExcluded }, value, by, change }: ButtonProps) {
  const title = isExcluded ? `Show ${label} again` : `Hide ${label}: leave its events out`;
  const field = { name: by };
  return (
    <button
      type="button"
      className={classNames('legend-entry', isExcluded && 'legend-off')}
      aria-pressed={!isExcluded}
      title={title}
      onClick={() => change.edit(isExcluded ? withoutValue(field, value) : excluded(field, value))}
    >
      <Swatch colour={colour} />
      <bdi className="legend-label">{label}</bdi>
      <Count count={count} />
    </button>
  );
}

function Swatch({ colour }: { colour: string | undefined }) {
  return <span className="swatch" style={{ background: colour }} aria-hidden="true" />;
}

function Count({ count }: { count: number | undefined }) {
  if (count === undefined) return null;
  return <span className="text-muted tabular-nums">{count.toLocaleString('en')}</span>;
}
