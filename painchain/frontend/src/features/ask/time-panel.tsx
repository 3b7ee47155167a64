import { ChevronLeft, ChevronRight, ZoomOut } from 'lucide-react';
import { isTimed } from '../../address/home-search.js';
import { shifted, zoomedOut } from '../../address/moved-range.js';
import { presets, rangeText, type TimeRange } from '../../address/time-range.js';
import { useNow, useZone } from '../../components/clock.js';
import { zoneName } from '../../components/time-format.js';
import { AroundForm } from './around-form.js';
import { FromToForm } from './from-to-form.js';
import { Segment } from './segment.js';
import type { TimeProps } from './time-props.js';

type Props = TimeProps & { onDone(): void };

/** All ways to choose a time but typing a range of it. */
export function TimePanel({ value, onChange, onZone, onAround, onDone }: Props) {
  const zone = useZone();
  const choose = (range: TimeRange) => {
    onDone();
    onChange(range);
  };
  return (
    <div className="time-panel">
      <div className="segments" role="group" aria-label="Preset ranges">
        {presets.map((preset) => (
          <Segment key={preset} isOn={value.range === preset} onClick={() => choose({ range: preset })}>
            {preset}
          </Segment>
        ))}
      </div>
      <div className="segments" role="group" aria-label="Days">
        {(['today', 'yesterday'] as const).map((day) => (
          <Segment key={day} isOn={value.range === day} onClick={() => choose({ range: day })}>
            {day === 'today' ? 'Today' : 'Yesterday'}
          </Segment>
        ))}
        <Segment isOn={!isTimed(value)} onClick={() => choose({})}>
          Any time
        </Segment>
      </div>
      <Moves value={value} onChange={onChange} />
      <FromToForm key={`${zone} ${rangeText(value, zone)}`} value={value} onChange={choose} />
      <AroundForm
        onAround={(at, window) => {
          onDone();
          onAround(at, window);
        }}
      />
      <ZoneChoice onZone={onZone} />
    </div>
  );
}

function Moves({ value, onChange }: Pick<TimeProps, 'value' | 'onChange'>) {
  const zone = useZone();
  const now = useNow();
  const moves = [
    { name: 'Earlier', Icon: ChevronLeft, range: shifted(value, 'earlier', now, zone) },
    { name: 'Twice as long', Icon: ZoomOut, range: zoomedOut(value, now, zone) },
    { name: 'Later', Icon: ChevronRight, range: shifted(value, 'later', now, zone) },
  ];
  return (
    <div className="flex gap-1.5" role="group" aria-label="Move the range">
      {moves.map(({ name, Icon, range }) => (
        <button
          key={name}
          type="button"
          className="control flex-1 justify-center"
          disabled={!range}
          onClick={() => range && onChange(range)}
        >
          <Icon size={14} aria-hidden="true" />
          {name}
        </button>
      ))}
    </div>
  );
}

function ZoneChoice({ onZone }: Pick<TimeProps, 'onZone'>) {
  const zone = useZone();
  return (
    <div className="segments" role="group" aria-label="Time zone">
      {(['local', 'utc'] as const).map((each) => (
        <Segment key={each} isOn={zone === each} onClick={() => onZone(each)}>
          {each === 'utc' ? 'UTC' : `Local (${zoneName(Date.now(), 'local')})`}
        </Segment>
      ))}
    </div>
  );
}
