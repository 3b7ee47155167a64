import type { Zone } from '../../components/clock.js';
import { clockTime } from '../../components/time-format.js';

const days: Record<Zone, Intl.DateTimeFormat> = {
  local: new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short' }),
  utc: new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', timeZone: 'UTC' }),
};

/** `24 Nov 10:35:04`, where no heading says the day. */
export function dayAndTime(ms: number, zone: Zone): string {
  return `${days[zone].format(ms)} ${clockTime(ms, zone)}`;
}
