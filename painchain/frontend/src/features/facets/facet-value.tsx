import { toneOf } from '@painchain/contract/tone';
import type { Field } from '@painchain/query';
import { Minus, X } from 'lucide-react';
import { classNames } from '../../components/class-names.js';
import { ConnectorMark } from '../../components/connector-mark.js';
import { StatusMark } from '../../components/status-mark.js';
import type { Choice } from './choices.js';

type Props = {
  field: Field;
  choice: Choice;
  onOnly(): void;
  onTick(): void;
  onStrike(): void;
};

/** A value, how often it occurs, and the three ways to ask for it. */
export function FacetValue({ field, choice, onOnly, onTick, onStrike }: Props) {
  const { value, count, share, state } = choice;
  const isExcluded = state === 'excluded';
  return (
    <li className={classNames('facet-value', isExcluded && 'facet-struck')}>
      <label className="facet-tick">
        <input
          type="checkbox"
          checked={state === 'included'}
          onChange={onTick}
          aria-label={`Include ${value}`}
        />
      </label>
      <button
        type="button"
        className="facet-word"
        aria-label={`Only ${value}`}
        title={`Only ${value}`}
        onClick={onOnly}
      >
        <Word field={field} value={value} />
        <span className="facet-bar" style={{ width: `${share * 100}%` }} />
      </button>
      <span className="facet-count">
        {count !== undefined && (
          <>
            <span className="sr-only">, in </span>
            {count.toLocaleString('en')}
            <span className="sr-only"> events</span>
          </>
        )}
      </span>
      <button
        type="button"
        className="facet-minus"
        aria-label={isExcluded ? `No longer exclude ${value}` : `Exclude ${value}`}
        title={isExcluded ? `No longer exclude ${value}` : `Exclude ${value}`}
        aria-pressed={isExcluded}
        onClick={onStrike}
      >
        {isExcluded ? <X size={13} /> : <Minus size={13} />}
      </button>
    </li>
  );
}

function Word({ field, value }: { field: Field; value: string }) {
  if (field.name === 'connector') return <ConnectorMark type={value} />;
  if (field.name === 'status') return <StatusMark tone={toneOf(value)} word={value} />;
  return <bdi className="truncate">{value}</bdi>;
}
