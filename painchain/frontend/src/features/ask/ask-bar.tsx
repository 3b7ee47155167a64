import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { TimePicker } from './time-picker.js';

type Props = { search: HomeSearch; change: HomeChange };

/** The question above the timeline: which events, and of what time. */
export function AskBar({ search, change }: Props) {
  return (
    <div className="query-place">
      <TimePicker
        value={search}
        onChange={change.range}
        onZone={(zone) => change.set({ zone: zone === 'utc' ? zone : undefined })}
      />
    </div>
  );
}
