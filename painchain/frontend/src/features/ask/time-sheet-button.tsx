import { Clock } from 'lucide-react';
import { lazy, useState } from 'react';
import { rangeText } from '../../address/time-range.js';
import { useNow, useZone } from '../../components/clock.js';
import { Loaded } from '../../components/loaded.js';
import { Sheet } from '../../components/sheet.js';
import { zoneName } from '../../components/time-format.js';
import { RangeText } from './range-text.js';
import type { TimeProps } from './time-props.js';
import { useTimeCommands } from './use-time-commands.js';

const TimePanel = lazy(() => import('./time-panel.js').then((module) => ({ default: module.TimePanel })));

/** On a narrow screen: one button with the range and the zone, which opens all that there is to choose. */
export function TimeSheetButton(props: TimeProps) {
  const zone = useZone();
  const now = useNow();
  const [open, setOpen] = useState(false);
  useTimeCommands(props, () => setOpen(true));
  const close = () => setOpen(false);
  return (
    <>
      <button
        type="button"
        className="control time-button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Clock size={14} className="shrink-0" aria-hidden="true" />
        <span className="sr-only">Time: </span>
        <span className="truncate">{rangeText(props.value, zone) || 'Any time'}</span>
        <span className="text-muted">{zoneName(now, zone)}</span>
      </button>
      <Sheet open={open} onClose={close} title="Time">
        <div className="p-3 pb-0">
          <RangeText
            value={props.value}
            onChange={(range) => {
              close();
              props.onChange(range);
            }}
          />
        </div>
        <Loaded>
          <TimePanel {...props} onDone={close} />
        </Loaded>
      </Sheet>
    </>
  );
}
