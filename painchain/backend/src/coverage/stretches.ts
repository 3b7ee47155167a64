import { type Quality, meaningOf, qualities, rankOf } from './quality.js';

/** From an instant to just before another, in milliseconds since 1970. */
export interface Window {
  fromMs: number;
  toMs: number;
}

/** A part of a window in one quality, and why it is no better. */
export interface Stretch extends Window {
  quality: Quality;
  reason: string | undefined;
}

/** What of the stretches lies in the window. */
export function within(window: Window, stretches: readonly Stretch[]): Stretch[] {
  return stretches.flatMap((stretch) => {
    const fromMs = Math.max(window.fromMs, stretch.fromMs);
    const toMs = Math.min(window.toMs, stretch.toMs);
    return fromMs < toMs ? [{ ...stretch, fromMs, toMs }] : [];
  });
}

/** The worst that any of the stretches says of each moment, in order. Moments of which none speaks are left out. */
export function worstOf(stretches: readonly Stretch[]): Stretch[] {
  const begins = stretches.toSorted((a, b) => a.fromMs - b.fromMs);
  const ends = stretches.toSorted((a, b) => a.toMs - b.toMs);
  const active = qualities.map(() => new Set<Stretch>()).toReversed();
  const of = ({ quality }: Stretch) => active[qualities.length - 1 - rankOf(quality)];
  const result: Stretch[] = [];
  for (let begun = 0, ended = 0; ended < ends.length;) {
    const fromMs = Math.min(begins[begun]?.fromMs ?? Infinity, ends[ended]?.toMs ?? Infinity);
    for (let next = begins[begun]; next && next.fromMs <= fromMs; next = begins[++begun]) of(next)?.add(next);
    for (let next = ends[ended]; next && next.toMs <= fromMs; next = ends[++ended]) of(next)?.delete(next);
    const [worst] = active.find(({ size }) => size > 0) ?? [];
    const toMs = Math.min(begins[begun]?.fromMs ?? Infinity, ends[ended]?.toMs ?? Infinity);
    if (worst) append(result, { ...worst, fromMs, toMs });
  }
  return result;
}

/** Stretches in order, and where they say nothing, what `others` say, which don't overlap either. */
export function filledUp(stretches: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  let fromMs = -Infinity;
  for (const stretch of stretches) {
    for (const other of within({ fromMs, toMs: stretch.fromMs }, others)) append(result, other);
    append(result, stretch);
    fromMs = stretch.toMs;
  }
  for (const other of within({ fromMs, toMs: Infinity }, others)) append(result, other);
  return result;
}

/**
 * At most so many stretches. What is too much joins a worse neighbour, so that nothing looks better than it was, and
 * begins with the shortest, so that little looks worse.
 */
export function bounded(stretches: readonly Stretch[], most: number): Stretch[] {
  const costs = stretches.slice(1).map((next, index) => costOfJoining(stretches[index] ?? next, next));
  const cheapest = costs.map((cost, index) => ({ cost, next: index + 1 })).sort((a, b) => a.cost - b.cost);
  const joined = new Set(cheapest.slice(0, Math.max(0, stretches.length - most)).map(({ next }) => next));
  const result: Stretch[] = [];
  for (const [index, stretch] of stretches.entries()) {
    const before = joined.has(index) ? result.pop() : undefined;
    append(
      result,
      before ? { ...worse(before, stretch), fromMs: before.fromMs, toMs: stretch.toMs } : stretch,
    );
  }
  return result;
}

function worse(one: Stretch, other: Stretch): Stretch {
  return rankOf(one.quality) < rankOf(other.quality) ? other : one;
}

/** How long something would look worse than it was. */
function costOfJoining(one: Stretch, other: Stretch): number {
  const better = worse(one, other) === one ? other : one;
  return better.toMs - better.fromMs;
}

/** What is told alike and touches is one stretch. */
function append(stretches: Stretch[], next: Stretch): void {
  const last = stretches.at(-1);
  if (last?.toMs === next.fromMs && last.quality === next.quality && last.reason === next.reason) {
    stretches[stretches.length - 1] = { ...last, toMs: next.toMs };
  } else stretches.push(next);
}

/** From the beginning up to here nothing is missing; undefined when something is from the beginning on. */
export function completeUntil(stretches: readonly Stretch[]): number | undefined {
  const [first] = stretches;
  const missing = stretches.find(({ quality }) => meaningOf(quality).missing);
  if (!missing) return stretches.at(-1)?.toMs;
  return missing === first ? undefined : missing.fromMs;
}
