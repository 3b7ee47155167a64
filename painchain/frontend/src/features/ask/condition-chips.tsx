import { X } from 'lucide-react';
import {
  type Condition,
  conditionsOf,
  negated,
  readQuery,
  withoutCondition,
} from '../../address/conditions.js';
import type { HomeChange } from '../../address/use-home.js';
import { classNames } from '../../components/class-names.js';

type Props = { q: string | undefined; change: Pick<HomeChange, 'edit' | 'query'> };

/** The conditions of the query, one by one. A query that can't be read has none. */
export function ConditionChips({ q, change }: Props) {
  const reading = readQuery(q);
  const conditions = 'query' in reading ? conditionsOf(reading.query) : [];
  if (conditions.length === 0) return null;
  return (
    <div className="chips">
      <ul className="chip-list" aria-label="Conditions">
        {conditions.map((condition, index) => (
          <Chip
            key={`${index} ${condition.text}`}
            condition={condition}
            onTurn={() => change.edit(negated(index))}
            onRemove={() => change.edit(withoutCondition(index))}
          />
        ))}
      </ul>
      {conditions.length > 1 && (
        <button type="button" className="text-button" onClick={() => change.query('')}>
          Clear all
        </button>
      )}
    </div>
  );
}

type ChipProps = { condition: Condition; onTurn(): void; onRemove(): void };

function Chip({ condition: { text, isNegated }, onTurn, onRemove }: ChipProps) {
  return (
    <li className={classNames('chip', isNegated && 'chip-excluded')}>
      <button
        type="button"
        className="chip-text"
        title={`${text}\n${isNegated ? 'Excluded. Press to ask for it' : 'Press to exclude it'}`}
        onClick={onTurn}
      >
        {isNegated && <span className="chip-not">not </span>}
        <bdi>{text}</bdi>
        <span className="sr-only">{isNegated ? ': ask for it instead' : ': exclude it instead'}</span>
      </button>
      <button
        type="button"
        className="chip-remove"
        aria-label={`Remove ${isNegated ? 'not ' : ''}${text}`}
        title="Remove"
        onClick={onRemove}
      >
        <X size={12} aria-hidden="true" />
      </button>
    </li>
  );
}
