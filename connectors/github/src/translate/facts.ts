/** The repository that a payload belongs to. Its id stays when it is renamed or handed over; ids repeat between hosts. */
export interface RepositoryFacts {
  /** `github.com`, or the host of an Enterprise Server: keys begin with it. */
  host: string;
  id: number;
  /** `owner/repo`, as it is called now; the events' project. */
  fullName: string;
  /** Where a browser finds it, without a slash at its end. */
  webUrl: string;
}

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
