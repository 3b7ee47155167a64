import type { Zone } from '../components/clock.js';

/** Steps of the calendar, as they are written: `m` are minutes and `M` months. */
export type Unit = 's' | 'm' | 'h' | 'd' | 'w' | 'M' | 'y';

const unitNames: [Unit, RegExp][] = [
  ['s', /^s(?:ec(?:ond)?s?)?$/],
  ['m', /^m(?:in(?:ute)?s?)?$/],
  ['h', /^h(?:(?:ou)?rs?)?$/],
  ['d', /^d(?:ays?)?$/],
  ['w', /^w(?:eeks?)?$/],
  ['M', /^mo(?:nths?)?$/],
  ['y', /^y(?:(?:ea)?rs?)?$/],
];

/** The unit of a letter or a word. */
export function unitOf(text: string): Unit | undefined {
  return text === 'M' ? text : unitNames.find(([, names]) => names.test(text.toLowerCase()))?.[0];
}

const fixedMs: Partial<Record<Unit, number>> = { s: 1e3, m: 60e3, h: 3_600e3 };

/** What a clock and a calendar in the zone show at an instant: year, month from 0, day, hour, minute, second, ms. */
type Face = [number, number, number, number, number, number, number];

function faceOf(ms: number, zone: Zone): Face {
  const at = new Date(ms);
  return zone === 'utc'
    ? [
        at.getUTCFullYear(),
        at.getUTCMonth(),
        at.getUTCDate(),
        at.getUTCHours(),
        at.getUTCMinutes(),
        at.getUTCSeconds(),
        at.getUTCMilliseconds(),
      ]
    : [
        at.getFullYear(),
        at.getMonth(),
        at.getDate(),
        at.getHours(),
        at.getMinutes(),
        at.getSeconds(),
        at.getMilliseconds(),
      ];
}

/** The instant at which they show that; a day, hour and so on that is too high or low counts on. */
function instantOf([year, month, day, hour, minute, second, ms]: Face, zone: Zone): number {
  const at = new Date(0);
  // Given to a constructor, the years 0 to 99 would be those of the 20th century.
  if (zone === 'utc') {
    at.setUTCFullYear(year, month, day);
    return at.setUTCHours(hour, minute, second, ms);
  }
  at.setFullYear(year, month, day);
  return at.setHours(hour, minute, second, ms);
}

function daysIn(year: number, month: number): number {
  return new Date(instantOf([year, month + 1, 0, 0, 0, 0, 0], 'utc')).getUTCDate();
}

/** So many units later on the calendar of the zone: a day is one there, whether it has 23 hours or 25. */
export function plus(ms: number, count: number, unit: Unit, zone: Zone): number {
  const fixed = fixedMs[unit];
  if (fixed !== undefined) return ms + count * fixed;
  const [year, month, day, ...time] = faceOf(ms, zone);
  if (unit === 'd' || unit === 'w') {
    return instantOf([year, month, day + count * (unit === 'w' ? 7 : 1), ...time], zone);
  }
  const months = month + count * (unit === 'y' ? 12 : 1);
  const [toYear, toMonth] = [year + Math.floor(months / 12), ((months % 12) + 12) % 12];
  // A month after 31 January is the last day of February.
  return instantOf([toYear, toMonth, Math.min(day, daysIn(toYear, toMonth)), ...time], zone);
}

/** The first instant of the unit that `ms` lies in. Weeks begin on Monday. */
export function startOf(unit: Unit, ms: number, zone: Zone): number {
  const [year, month, day, hour, minute] = faceOf(ms, zone);
  const fixed = fixedMs[unit];
  if (fixed !== undefined) {
    // Taken from the instant: on the clock there may be two of this hour.
    const offset = instantOf([year, month, day, hour, minute, 0, 0], 'utc') - Math.floor(ms / 60e3) * 60e3;
    return Math.floor((ms + offset) / fixed) * fixed - offset;
  }
  if (unit === 'y') return instantOf([year, 0, 1, 0, 0, 0, 0], zone);
  if (unit === 'M') return instantOf([year, month, 1, 0, 0, 0, 0], zone);
  const weekday = new Date(instantOf([year, month, day, 0, 0, 0, 0], 'utc')).getUTCDay();
  return instantOf([year, month, day - (unit === 'w' ? (weekday + 6) % 7 : 0), 0, 0, 0, 0], zone);
}

/** The years that can be asked for. */
export const firstMs = Date.parse('0001-01-01T00:00:00Z');
export const lastMs = Date.parse('9999-12-31T23:59:59.999Z');

/** One instant that is fixed: ISO with or without zone, a date, seconds or ms since 1970. */
export function instantMs(text: string, zone: Zone): number | undefined {
  const given = text.trim();
  if (/^\d{9,10}$/.test(given)) return Number(given) * 1e3;
  if (/^\d{12,13}$/.test(given)) return Number(given);
  const iso =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
      given,
    );
  if (!iso) return undefined;
  const [, date = '', time = '00:00', offset = zone === 'utc' ? 'Z' : ''] = iso;
  const sign = offset.toUpperCase().replace(/^(.\d\d)(\d\d)$/, '$1:$2');
  const ms = Date.parse(`${date}T${time.replace(',', '.')}${sign}`);
  // `Date` rolls 30 February over to March; a typing error must not move an incident.
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return ms >= firstMs && ms <= lastMs && day <= daysIn(year, month - 1) ? ms : undefined;
}

/** An instant as people type it, in the zone that is shown. Read again there it is the same instant. */
export function instantText(ms: number, zone: Zone): string {
  const offset = zone === 'utc' ? 0 : new Date(ms).getTimezoneOffset();
  const full = new Date(ms - offset * 60e3).toISOString().replace('T', ' ').slice(0, -1);
  const short = full.replace(/(?::00)?\.000$/, '');
  // An hour that a clock shows twice is only told by its zone.
  return instantMs(short, zone) === ms ? short : new Date(ms).toISOString();
}

/** A time of day as it is typed: `10:35`, `10:35:04`. */
export function timeOfDay(text: string): string | undefined {
  const match = /^(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?$/i.exec(text.trim());
  if (!match) return undefined;
  const [hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return hour < 24 && minute < 60 && second < 60 ? `${hour}:${minute}:${second}` : undefined;
}

/** The instant of a time of day, on the day that `ms` lies in or so many days later. */
export function timeOn(time: string, ms: number, zone: Zone, days = 0): number {
  const [year, month, day] = faceOf(ms, zone);
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return instantOf([year, month, day + days, hour, minute, second, 0], zone);
}
