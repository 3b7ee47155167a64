const year = 365 * 24 * 60 * 60 * 1000;

/** The twelve months that all events lie in. They are denser towards the end, by about a half. */
export interface Year {
  from: Date;
  to: Date;
}

export const tenants = 200;
/** How many of the templates are those of small tenants. */
export const smallTemplates = 500;

/** Ends at the next full hour, so that kept counts and the events tell the same. */
export function yearUntil(now: Date): Year {
  const hour = 60 * 60 * 1000;
  const to = new Date(Math.ceil(now.getTime() / hour) * hour);
  return { from: new Date(to.getTime() - year), to };
}

/** The instant of a share of the year's events. */
export function instantAt({ from, to }: Year, share: number): Date {
  return new Date(from.getTime() + (to.getTime() - from.getTime()) * share ** denser);
}

export const denser = 0.7;
