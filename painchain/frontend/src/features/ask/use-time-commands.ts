import { isTimed } from '../../address/home-search.js';
import { shifted, zoomedOut } from '../../address/moved-range.js';
import { presets, type TimeRange } from '../../address/time-range.js';
import { useNow, useZone } from '../../components/clock.js';
import { useCommands } from '../../components/commands.js';
import type { TimeProps } from './time-props.js';

/** What can be done to the range of time, by its keys. */
export function useTimeCommands({ value, onChange, onZone }: TimeProps, onType: () => void): void {
  const zone = useZone();
  const now = useNow();
  const to = (range: TimeRange | undefined) => range && (() => onChange(range));
  useCommands([
    { id: 'time', title: 'Type a range of time', section: 'Time', keys: ['t'], run: onType },
    {
      id: 'earlier',
      title: 'Earlier by half of the range',
      section: 'Time',
      keys: ['['],
      run: to(shifted(value, 'earlier', now, zone)),
    },
    {
      id: 'later',
      title: 'Later by half of the range',
      section: 'Time',
      keys: [']'],
      run: to(shifted(value, 'later', now, zone)),
    },
    {
      id: 'zoom-out',
      title: 'Twice the range of time',
      section: 'Time',
      keys: ['-'],
      run: to(zoomedOut(value, now, zone)),
    },
    ...presets.map((preset) => ({
      id: `last-${preset}`,
      title: `Last ${preset}`,
      section: 'Time' as const,
      run: () => onChange({ range: preset }),
    })),
    {
      id: 'any-time',
      title: 'Any time',
      section: 'Time',
      run: isTimed(value) ? () => onChange({}) : undefined,
    },
    {
      id: 'zone',
      title: `Show times in ${zone === 'utc' ? 'local time' : 'UTC'}`,
      section: 'Time',
      keys: ['u'],
      run: () => onZone(zone === 'utc' ? 'local' : 'utc'),
    },
  ]);
}
