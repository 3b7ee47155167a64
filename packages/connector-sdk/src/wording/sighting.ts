/** How a fact came to be seen, where that says something that the payload doesn't. */
export interface Sighting {
  /** It is from before the first look. */
  backfill?: boolean | undefined;
  /**
   * Where a fact shows only as a difference: the two looks, RFC 3339, that it lies between. `from` is null where
   * nobody has looked before.
   */
  between?: { from: string | null; to: string } | undefined;
  /**
   * What tells a change from an equal one before it (A→B→A→B): an id of the source's, or a count. The first of them
   * has none: a webhook, which can't know, then says the same key.
   */
  again?: string | undefined;
}

/** When something happened, as an event says it. */
export interface When {
  timestamp: string;
  time_precision: 'exact' | 'gap';
}

/** By its own instant (RFC 3339), or, where it shows as a difference only, by the looks that it lies between. */
export function whenSeen(instant: string, { between }: Sighting): When {
  return between
    ? { timestamp: between.to, time_precision: 'gap' }
    : { timestamp: instant, time_precision: 'exact' };
}

/** The two looks that a difference was found between. */
export function windowData({ between }: Sighting): object {
  return between?.from ? { seen_between: { from: between.from, to: between.to } } : {};
}

export function backfillOf({ backfill }: Sighting): { backfill?: true } {
  return backfill ? { backfill: true } : {};
}
