/**
 * The bounds of everything that crosses a wire. The SDK cuts by them before it sends, the backend refuses by
 * them when it receives, so both sides can only ever agree.
 */
export const limits = {
  /** One event, as the UTF-8 bytes of its JSON. */
  eventBytes: 256 * 1024,
  /** One batch, as the bytes of its body. */
  batchBytes: 4 * 1024 * 1024,
  /** Any other body, such as a heartbeat. */
  bodyBytes: 1024 * 1024,
  /** Events in one batch. */
  batchEvents: 500,
  /** Sources whose cursors one batch moves. */
  batchSources: 500,
  /** Nesting of arrays and objects in any body. */
  jsonDepth: 32,
  /** Keys of one object, and items of one array, in any body. */
  jsonWidth: 10_000,
  /** Characters of the event's own fields. */
  title: 1_000,
  connector: 64,
  project: 300,
  key: 512,
  type: 100,
  status: 64,
  actor: 200,
  url: 2_048,
  subject: 300,
  environment: 100,
  severity: 32,
  ref: 300,
  refs: 100,
  tag: 100,
  tags: 50,
  /** Characters of a source's name, and bytes of its cursor's JSON. */
  source: 300,
  cursorBytes: 64 * 1024,
  /** Rows of one page of any list. */
  pageRows: 200,
  /** Characters of a query, and of a page's cursor. */
  query: 2_000,
  cursor: 2_000,
  /** Added columns of one page, characters of one value in them, and rows that are sorted by such a value. */
  columns: 20,
  columnText: 300,
  sortedRows: 10_000,
  /** Characters of a saved view's name and address, and of a team's name; how many of each a tenant has. */
  viewName: 100,
  viewSearch: 8_000,
  teamName: 100,
  views: 1_000,
  teams: 200,
  /** Integrations of one answer. */
  integrations: 1_000,
  /** Events that one may be related to. */
  related: 200,
  /** Sources of one answer about coverage that are told one by one, and stretches of each. */
  coverageGaps: 100,
  stretches: 100,
  /** Buckets of one histogram, values of one facet, fields of one answer. */
  buckets: 400,
  facetValues: 200,
  facets: 20,
  fields: 500,
  /** How far into the future an event may lie, in seconds: clocks differ, calendars don't. */
  futureSeconds: 24 * 60 * 60,
} as const;
