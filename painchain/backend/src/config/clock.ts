/** What time it is; injected, so that tests can let 18 months pass. */
export abstract class Clock {
  abstract now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
