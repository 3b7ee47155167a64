/** What one event may cost the reader's browser at most. A huge field must never freeze the tab. */
export const renderLimits = {
  /** Characters shown before "Show more". */
  text: 2_000,
  /** Characters beyond which a text can only be downloaded. */
  textDownload: 200_000,
  /** Characters of a text up to which its lines are compared with another's. */
  diffText: 20_000,
  /** Lines of a comparison shown before "Show all". */
  diffLines: 100,
  /** Changes listed of one event, or between two. */
  changes: 200,
  /** Keys of one object. */
  keys: 200,
  /** Items of one list. */
  items: 50,
  /** Nesting that is laid out; what lies deeper is shown as JSON text. */
  depth: 6,
  /** Values laid out in all. */
  nodes: 5_000,
  /** Columns of a table of objects. */
  columns: 6,
  /** Levels that are open at first. */
  openLevels: 2,
} as const;
