import type { Zone } from '../../components/clock.js';
import { clockTime, shortDay } from '../../components/time-format.js';
import type { Bucket } from './buckets.js';
import type { Slot } from './geometry.js';

export type Tick = { x: number; label: string };

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const monday = -3 * day;
const steps = [
  ...[1, 5, 15, 30].map((count) => count * second),
  ...[1, 5, 15, 30].map((count) => count * minute),
  ...[1, 3, 6, 12].map((count) => count * hour),
  day,
  2 * day,
  7 * day,
  14 * day,
];
const tickWidth = 96;
/** A label is centred on its tick and must not be cut at an end. */
const margin = 24;

/** Where the clock of the zone shows a round time, at the edges of buckets. */
export function ticksOf(
  buckets: readonly Bucket[],
  slots: readonly Slot[],
  width: number,
  zone: Zone,
): Tick[] {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return [];
  const wanted = Math.max(1, Math.floor(width / tickWidth));
  const length = (last.toMs - first.fromMs) / wanted;
  const step = steps.find((each) => each >= length);
  const every = Math.ceil(buckets.length / wanted);
  const isTick = (ms: number, index: number) =>
    step === undefined ? index % every === 0 : isRound(localMs(ms, zone), step);
  const places = buckets.flatMap(({ fromMs }, index) => {
    const x = slots[index]?.x ?? 0;
    const isSeen = x >= margin && x <= width - margin && isTick(fromMs, index);
    return isSeen ? [{ x, fromMs }] : [];
  });
  const hasDay = places.some(({ fromMs }) => isRound(localMs(fromMs, zone), day));
  return places.map(({ x, fromMs }, index) => ({
    x,
    label: label(fromMs, step, zone, !hasDay && index === 0),
  }));
}

function label(ms: number, step: number | undefined, zone: Zone, isDated: boolean): string {
  if (step === undefined) return shortDay(ms, zone);
  const date = shortDay(ms, zone).replace(/ \d+$/, '');
  if (isRound(localMs(ms, zone), day)) return date;
  const clock = clockTime(ms, zone).slice(0, step < minute ? 8 : 5);
  return isDated ? `${date} ${clock}` : clock;
}

function isRound(local: number, step: number): boolean {
  return (local - (step > day ? monday : 0)) % step === 0;
}

/** What the clock of the zone shows, as if it were UTC. */
function localMs(ms: number, zone: Zone): number {
  return zone === 'utc' ? ms : ms - new Date(ms).getTimezoneOffset() * minute;
}
