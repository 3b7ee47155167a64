import type { Facets } from '@painchain/contract';
import { limits } from '@painchain/contract/limits';
import { type Query, readField } from '@painchain/query';
import { ChevronDown, ChevronRight, Pin, PinOff, Search, X } from 'lucide-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import type { Counted } from '../../address/use-counted.js';
import type { HomeChange } from '../../address/use-home.js';
import { classNames } from '../../components/class-names.js';
import { ProblemLine } from '../../components/problem-line.js';
import { choicesOf, onlyMissing, pickedOnly, struck, ticked } from './choices.js';
import { facetLabel, isOwnFacet } from './facet-list.js';
import { FacetValue } from './facet-value.js';
import type { FacetPreferences } from './use-facet-preferences.js';
import { useFacets } from './use-facets.js';

type Props = {
  name: string;
  /** Undefined while it is on its way, and when it could not be counted. */
  facet: Facets['facets'][number] | undefined;
  isLoading: boolean;
  query: Query;
  counted: Counted;
  change: HomeChange;
  preferences: FacetPreferences;
};

const moreValues = 50;

/** One field and how often each of its values occurs. */
export function FacetSection(props: Props) {
  const { name, preferences } = props;
  const [isSearching, setIsSearching] = useState(false);
  const label = facetLabel(name);
  const isFolded = preferences.isFolded(name);
  const isPinned = preferences.isPinned(name);
  return (
    <section className="facet" aria-label={label}>
      <h3 className="facet-head">
        <button
          type="button"
          className="facet-fold"
          aria-expanded={!isFolded}
          title={name}
          onClick={() => preferences.toggleFold(name)}
        >
          {isFolded ? <ChevronRight size={14} /> : <ChevronDown size={14} />}
          <bdi className="truncate">{label}</bdi>
        </button>
        {!isFolded && (
          <Tool label={`Search in ${label}`} isOn={isSearching} onClick={() => setIsSearching(!isSearching)}>
            <Search size={13} />
          </Tool>
        )}
        <Tool label={`Keep ${label} on top`} isOn={isPinned} onClick={() => preferences.togglePin(name)}>
          {isPinned ? <PinOff size={13} /> : <Pin size={13} />}
        </Tool>
        {!isOwnFacet(name) && (
          <Tool label={`Remove ${label}`} onClick={() => preferences.remove(name)}>
            <X size={13} />
          </Tool>
        )}
      </h3>
      {!isFolded && <Values {...props} isSearching={isSearching} />}
    </section>
  );
}

type ToolProps = { label: string; isOn?: boolean; onClick(): void; children: ReactNode };

function Tool({ label, isOn, onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      className={classNames('facet-tool', isOn && 'facet-tool-on')}
      aria-label={label}
      aria-pressed={isOn}
      title={label}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

type ValuesProps = Props & { isSearching: boolean };

function Values({ name, facet, isLoading, query, counted, change, isSearching }: ValuesProps) {
  const [text, setText] = useState('');
  const [limit, setLimit] = useState<number>();
  const contains = useDeferredValue(isSearching ? text.trim() : '');
  const isOwn = contains !== '' || limit !== undefined;
  const own = useFacets({
    counted,
    fields: [name],
    contains,
    limit: limit ?? moreValues,
    isShown: isOwn,
  });
  const field = readField(name);
  const shown = (isOwn ? own.data?.facets[0] : undefined) ?? facet;
  if (!field) return null;
  if (!shown) return isLoading ? <FacetSkeleton /> : null;
  const isWhole = shown.others === 0 && contains === '';
  const choices = choicesOf(shown.values, isWhole, query, field);
  return (
    <div className={classNames(isOwn && own.isPlaceholderData && 'dimmed')}>
      {isSearching && (
        <input
          // The reader has just asked for it.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          type="search"
          className="field-input facet-search"
          placeholder="Contains…"
          aria-label={`Values of ${facetLabel(name)} that contain`}
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {isOwn && own.isError && (
        <ProblemLine
          what="The values could not be counted"
          error={own.error}
          onRetry={() => void own.refetch()}
        />
      )}
      <ul>
        {choices.map((choice) => (
          <FacetValue
            key={choice.value}
            field={field}
            choice={choice}
            onOnly={() => change.edit(pickedOnly(query, field, choice.value))}
            onTick={() => change.edit(ticked(field, choice))}
            onStrike={() => change.edit(struck(field, choice))}
          />
        ))}
      </ul>
      {choices.length === 0 && (
        <p className="facet-note">{contains === '' ? 'No values' : 'No value contains this.'}</p>
      )}
      {shown.missing > 0 && contains === '' && choices.length > 0 && (
        <button
          type="button"
          className="facet-missing"
          title={`Only events without ${name}`}
          onClick={() => change.edit(onlyMissing(field))}
        >
          without <span className="facet-count">{shown.missing.toLocaleString('en')}</span>
        </button>
      )}
      <More others={shown.others} limit={limit} onLimit={setLimit} />
    </div>
  );
}

type MoreProps = { others: number; limit: number | undefined; onLimit(limit: number | undefined): void };

function More({ others, limit, onLimit }: MoreProps) {
  const next = limit === undefined ? moreValues : limits.facetValues;
  const isMost = limit === limits.facetValues;
  if (others === 0 && limit === undefined) return null;
  return (
    <div className="flex items-center gap-3 px-2">
      {others > 0 && !isMost && (
        <button type="button" className="text-button" onClick={() => onLimit(next)}>
          {others.toLocaleString('en')} more
        </button>
      )}
      {others > 0 && isMost && (
        <span className="text-muted">{others.toLocaleString('en')} more: search for them</span>
      )}
      {limit !== undefined && (
        <button type="button" className="text-button" onClick={() => onLimit(undefined)}>
          Fewer
        </button>
      )}
    </div>
  );
}

function FacetSkeleton() {
  return (
    <div className="flex flex-col gap-3 px-3 py-2" aria-hidden="true">
      <span className="skeleton w-4/5" />
      <span className="skeleton w-3/5" />
      <span className="skeleton w-2/5" />
    </div>
  );
}
