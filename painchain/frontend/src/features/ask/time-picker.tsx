import { CalendarRange, ChevronLeft, ChevronRight } from 'lucide-react';
import { lazy, useRef } from 'react';
import { shifted } from '../../address/moved-range.js';
import { presets } from '../../address/time-range.js';
import { useNow, useZone } from '../../components/clock.js';
import { IconButton } from '../../components/icon-button.js';
import { PopupButton } from '../../components/popup.js';
import { zoneName } from '../../components/time-format.js';
import { RangeText } from './range-text.js';
import { Segment } from './segment.js';
import type { TimeProps } from './time-props.js';
import { useTimeCommands } from './use-time-commands.js';

const TimePanel = lazy(() => import('./time-panel.js').then((module) => ({ default: module.TimePanel })));

/** The range of time: typed, by preset, moved; all else is in a panel. And the zone in which it is meant. */
export function TimePicker(props: TimeProps) {
  const { value, onChange, onZone } = props;
  const zone = useZone();
  const now = useNow();
  const box = useRef<HTMLInputElement>(null);
  useTimeCommands(props, () => box.current?.select());
  const earlier = shifted(value, 'earlier', now, zone);
  const later = shifted(value, 'later', now, zone);
  return (
    <div className="time-picker" role="group" aria-label="Time">
      <IconButton
        label="Earlier by half of the range ([)"
        disabled={!earlier}
        onClick={() => earlier && onChange(earlier)}
      >
        <ChevronLeft size={16} />
      </IconButton>
      <RangeText {...props} input={box} />
      <IconButton
        label="Later by half of the range (])"
        disabled={!later}
        onClick={() => later && onChange(later)}
      >
        <ChevronRight size={16} />
      </IconButton>
      <div className="segments time-presets" role="group" aria-label="Preset ranges">
        {presets.map((preset) => (
          <Segment
            key={preset}
            isOn={value.range === preset}
            onClick={() => onChange(value.range === preset ? {} : { range: preset })}
          >
            {preset}
          </Segment>
        ))}
      </div>
      <PopupButton
        title="Time"
        label={
          <>
            <CalendarRange size={14} aria-hidden="true" />
            <span className="sr-only">From and to, and more ranges of time</span>
          </>
        }
      >
        {(close) => <TimePanel {...props} onDone={close} />}
      </PopupButton>
      <button
        type="button"
        className="control"
        title="Switch between local time and UTC (u)"
        onClick={() => onZone(zone === 'utc' ? 'local' : 'utc')}
      >
        <span className="sr-only">Time zone: </span>
        {zone === 'utc' ? 'UTC' : `Local (${zoneName(now, 'local')})`}
      </button>
    </div>
  );
}
