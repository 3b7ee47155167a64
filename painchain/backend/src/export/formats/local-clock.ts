/** What calendars and clocks of a time zone show. */
export interface LocalClock {
  zone: string;
  /** `offset` is that from UTC, such as GMT+2. */
  read(instant: string): { weekday: string; day: string; time: string; offset: string };
}

/** Undefined when there is no such zone. */
export function localClock(zone: string): LocalClock | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'long',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'shortOffset',
    });
  } catch {
    return undefined;
  }
  const read = (instant: string) => {
    const parts = new Map(format.formatToParts(Date.parse(instant)).map(({ type, value }) => [type, value]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
    return {
      weekday: part('weekday'),
      day: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
      time: `${part('hour')}:${part('minute')}:${part('second')}`,
      offset: part('timeZoneName'),
    };
  };
  return { zone, read };
}
