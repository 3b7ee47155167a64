import { type Quality, qualities, rankOf } from './quality.js';

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
  const result: Stretch[] = [];
  for (const stretch of stretches) {
    const fromMs = Math.max(window.fromMs, stretch.fromMs);
    const toMs = Math.min(window.toMs, stretch.toMs);
    if (fromMs >= toMs) continue;
    const isInside = fromMs === stretch.fromMs && toMs === stretch.toMs;
    result.push(isInside ? stretch : { ...stretch, fromMs, toMs });
  }
  return result;
}

/** The worst that any of the stretches says of each moment, in order. Moments of which none speaks are left out. */
export function worstOf(stretches: readonly Stretch[]): Stretch[] {
  const byQuality = new Map<Quality, Stretch[]>();
  for (const stretch of stretches) {
    const alike = byQuality.get(stretch.quality);
    if (alike) alike.push(stretch);
    else byQuality.set(stretch.quality, [stretch]);
  }
  let result: Stretch[] = [];
  // Each covers what is better.
  for (const quality of qualities.toReversed()) {
    const alike = byQuality.get(quality);
    if (alike) result = filledUp(result, inOrder(alike));
  }
  return result;
}

/** Where stretches overlap, what began first is told. */
function inOrder(stretches: Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  let toldUntil = -Infinity;
  for (const next of stretches.sort((a, b) => a.fromMs - b.fromMs)) {
    if (next.toMs <= toldUntil) continue;
    append(result, { ...next, fromMs: Math.max(next.fromMs, toldUntil) });
    toldUntil = next.toMs;
  }
  return result;
}

/** What is said of each moment, or else what `others` say. Both are in order and without overlap. */
export function filledUp(stretches: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  let place = 0;
  const fill = ({ fromMs, toMs }: Window) => {
    for (; place < others.length; place++) {
      const other = others[place];
      if (!other || other.fromMs >= toMs) return;
      for (const inside of within({ fromMs, toMs }, [other])) append(result, inside);
      if (other.toMs > toMs) return;
    }
  };
  let fromMs = -Infinity;
  for (const stretch of stretches) {
    fill({ fromMs, toMs: stretch.fromMs });
    append(result, stretch);
    fromMs = stretch.toMs;
  }
  fill({ fromMs, toMs: Infinity });
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
