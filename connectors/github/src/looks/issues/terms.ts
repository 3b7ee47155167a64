import { z } from 'zod';
import type { Round } from '../look.js';

const Instant = z.iso.datetime({ offset: true });

/** Since when each kind of fact is told, where one look serves several that are switched on one by one. */
export const Terms = z.partialRecord(
  z.enum(['pull_request', 'issues']),
  z.object({
    /** Facts from before are the past. */
    started: Instant,
    /** Facts from before are not told. */
    beginning: Instant,
  }),
);
export type Terms = z.infer<typeof Terms>;

const kinds = ['pull_request', 'issues'] as const;

/** The terms of a kind that is switched on now: as far back as the look itself has gone at its first time. */
function fromNowOn({ at, started, beginning }: Round): Terms[keyof Terms] {
  const reachMs = Math.max(0, Date.parse(started) - Date.parse(beginning));
  return { started: at, beginning: new Date(Date.parse(at) - reachMs).toISOString() };
}

/** The terms of all kinds that are collected; at the first look they are the look's own. */
export function termsOf(round: Round, known: Terms | undefined): Terms {
  const { started, beginning } = round;
  const collected = kinds.filter((kind) => round.collects(kind));
  return Object.fromEntries(
    collected.map((kind) => [kind, known ? (known[kind] ?? fromNowOn(round)) : { started, beginning }]),
  );
}
