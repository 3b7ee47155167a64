import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { useIsNarrow } from '../../components/use-media.js';
import { ConditionChips } from './condition-chips.js';
import { QueryBox } from './query-box.js';
import type { Offer } from './suggestions.js';
import { TimePicker } from './time-picker.js';
import { TimeSheetButton } from './time-sheet-button.js';

/** `suggestions`: what the page offers beside recent queries. */
type Props = { search: HomeSearch; change: HomeChange; suggestions?: readonly Offer[] };

/** The question above the timeline: which events, and of what time. */
export function AskBar({ search, change, suggestions = [] }: Props) {
  const Time = useIsNarrow() ? TimeSheetButton : TimePicker;
  return (
    <div className="ask">
      <div className="ask-row">
        <QueryBox search={search} onApply={change.query} offers={suggestions} />
        <Time
          value={search}
          onChange={change.range}
          onZone={(zone) => change.set({ zone: zone === 'utc' ? zone : undefined })}
          onAround={change.around}
        />
      </div>
      <ConditionChips q={search.q} change={change} />
    </div>
  );
}
