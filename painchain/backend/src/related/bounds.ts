import { limits } from '@painchain/contract';

/** How far related events are looked for. Each bound that holds something back is told in `capped`. */
export const bounds = {
  /** From key to event to key: commit → pull request → run → image takes three. */
  hops: 3,
  /** Before and after the event. */
  days: 30,
  /** A key that more events name within that time hangs nothing together (`image:…:latest`): it is not followed. */
  eventsOfRef: 50,
  /** Of those the nearest in time are taken. */
  eventsOfHub: 10,
  /** Keys that one answer looks up. */
  refs: 600,
  events: limits.related,
  eventsOfSubject: 50,
  /** By the same actor, so many seconds before and after the event, and how many events are looked through each way. */
  actorSeconds: 3_600,
  eventsOfActor: 20,
  eventsNearby: 5_000,
  /** Reasons that are told of one event. */
  reasons: 10,
} as const;
