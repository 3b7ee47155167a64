import type { JsonObject, StoredEvent } from '@painchain/contract';
import { readField } from '@painchain/query';
import { useCallback, useMemo } from 'react';
import { only } from '../../address/conditions.js';
import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { Fields } from '../../json-renderer/fields.js';
import { hiddenIn } from '../../json-renderer/hidden.js';
import { SummaryRow } from '../../json-renderer/summary-row.js';
import { summaryOf } from '../../json-renderer/summary.js';
import { EventFacts, factsOf } from './event-facts.js';
import { useFieldMenu } from './field-menu.js';
import { HiddenWords } from './hidden-words.js';
import { kindOf } from './hidden-fields.js';
import { type Hiding, useHiddenFields } from './use-hidden-fields.js';

export type TabProps = {
  event: StoredEvent;
  /** What its connector says of events of this type, as a JSON Schema with hints. */
  schema: JsonObject | undefined;
  search: HomeSearch;
  change: HomeChange;
  folds: Map<string, boolean>;
};

/** The buttons of every field of an event, the same wherever it is shown. */
export function useFieldDoings({ event, search, change }: Pick<TabProps, 'event' | 'search' | 'change'>) {
  const hiding = useHiddenFields(kindOf(event));
  const columns = search.cols ?? [];
  const onColumns = (cols: string[]) => change.set({ cols: cols.length > 0 ? cols : undefined });
  const { edit } = change;
  const fields = useFieldMenu({
    onEdit: edit,
    columns,
    onColumns,
    isHiding: hiding.isHiding,
    onHide: hiding.hide,
    onShow: hiding.show,
  });
  const onValue = useCallback(
    (name: string, value: string) => {
      const field = readField(name);
      if (field) edit(only(field, value));
    },
    [edit],
  );
  const onRef = useCallback((ref: string) => onValue('ref', ref), [onValue]);
  return { ...fields, hiding, onRef, onValue };
}

/** What only its source knows of an event, which is why it was opened; then the fields that every event has. */
export function OverviewTab(props: TabProps) {
  const { event, schema, folds } = props;
  const { actions, menu, hiding, onRef, onValue } = useFieldDoings(props);
  const { isHidden } = hiding;
  const summary = useMemo(() => summaryOf(event.data, schema), [event, schema]);
  const facts = useMemo(() => factsOf(event), [event]);
  const shared = { scope: event.id, folds, onRef };
  const shownSummary = summary.filter(({ path }) => !isHidden?.(path));
  return (
    <>
      {shownSummary.length > 0 && (
        <div className="event-summary">
          <SummaryRow fields={shownSummary} {...shared} />
        </div>
      )}
      <h3 className="fields-title">
        Data <span className="font-normal text-muted">as its source sent it</span>
      </h3>
      {Object.keys(event.data).length === 0 ? (
        <p className="px-4 pb-4 text-muted">There is none.</p>
      ) : (
        <Fields object={event.data} schema={schema} actions={actions} isHidden={isHidden} {...shared} />
      )}
      <h3 className="fields-title">Event</h3>
      <EventFacts facts={facts} actions={actions} isHidden={isHidden} onValue={onValue} />
      <HiddenWords count={hiddenCount(event, facts, hiding)} hiding={hiding} />
      {menu}
    </>
  );
}

function hiddenCount(
  { data }: StoredEvent,
  facts: readonly { name: string }[],
  { isHiding }: Hiding,
): number {
  return hiddenIn(data, isHiding).length + facts.filter(({ name }) => isHiding(name)).length;
}
