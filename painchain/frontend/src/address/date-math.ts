import type { Zone } from '../components/clock.js';
import {
  firstMs,
  instantMs,
  lastMs,
  plus,
  startOf,
  timeOfDay,
  timeOn,
  type Unit,
  unitOf,
} from './moments.js';

/** A step from the present: so many units on or back, or to the beginning of one. */
type Step = { unit: Unit; count: number } | { unit: Unit; count: undefined };

const step = /\s*(?:([+-])\s*(\d{1,5})\s*|\/\s*)([a-z]+)/giy;

/** Reads `now-1h/d`, the arithmetic of dates; undefined when it is none. */
function stepsOf(text: string): Step[] | undefined {
  const given = text.trim();
  const ago = /^(\d{1,5})\s*([a-z]+)\s+ago$/i.exec(given);
  if (ago) return stepsOf(`now-${ago[1]}${ago[2]}`);
  if (!/^now(?![a-z\d])/i.test(given)) return undefined;
  const rest = given.slice(3);
  const steps: Step[] = [];
  let end = 0;
  for (const [whole, sign, digits, word = ''] of rest.matchAll(step)) {
    const unit = unitOf(word);
    if (!unit) return undefined;
    steps.push({ unit, count: digits === undefined ? undefined : Number(`${sign}${digits}`) });
    end += whole.length;
  }
  return end === rest.length ? steps : undefined;
}

/** Such a text in one form; undefined when it is none, or the present itself. */
export function readMath(text: string): string | undefined {
  const steps = stepsOf(text);
  if (!steps || steps.length === 0) return undefined;
  const printed = steps.map(({ unit, count }) =>
    count === undefined ? `/${unit}` : `${count < 0 ? '' : '+'}${count}${unit}`,
  );
  return `now${printed.join('')}`;
}

/**
 * What it comes to, seen from `now`. An end takes in the unit that it is rounded to, so that `now-1d/d` to `now-1d/d`
 * is all of yesterday.
 */
export function mathMs(text: string, now: number, zone: Zone, end = false): number | undefined {
  const ms = stepsOf(text)?.reduce((at, { unit, count }) => {
    if (count !== undefined) return plus(at, count, unit, zone);
    const start = startOf(unit, at, zone);
    return end ? plus(start, 1, unit, zone) : start;
  }, now);
  return ms === undefined || Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, firstMs), lastMs);
}

/**
 * One moment that a person typed: an instant, `now-1h/d`, `yesterday 10:35`, or a time of day, which is the last such
 * time; with `after` it is the first one behind that.
 */
export function momentMs(text: string, now: number, zone: Zone, after?: number): number | undefined {
  const fixed = instantMs(text, zone) ?? mathMs(text, now, zone, after !== undefined);
  if (fixed !== undefined) return fixed;
  const time = timeOfDay(text);
  if (time !== undefined) {
    const days = [-1, 0, 1].map((day) => timeOn(time, after ?? now, zone, day));
    return after === undefined ? days.findLast((ms) => ms <= now) : days.find((ms) => ms > after);
  }
  const [, day = '', timeThen = '0:00'] =
    /^(today|yesterday)(?:\s+(?:at\s+)?([\d:]+))?$/i.exec(text.trim()) ?? [];
  const then = timeOfDay(timeThen);
  if (day === '' || then === undefined) return undefined;
  return timeOn(then, now, zone, day.toLowerCase() === 'today' ? 0 : -1);
}
