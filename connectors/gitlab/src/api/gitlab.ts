import type { Question, Reading } from '@painchain/connector-sdk';

/** What GitLab's REST API is asked through: one for each integration, its credential and rate limit included. */
export interface GitLab {
  /** `gitlab.com`, or the host of another server, with the sub-path that it lives under. */
  readonly host: string;
  /** The server's clock, in milliseconds since 1970, by the `Date` of its answers. */
  now(): number;
  /**
   * Asks for a path under `/api/v4`, or for the next page as an answer's `next` gave it. With an `etag` the answer may
   * be `unchanged`.
   *
   * @throws SourceError with the remedy for what the server refuses.
   */
  get(target: string | URL, question?: Question): Promise<Reading>;
  /** As `get`, but undefined where there is nothing (404, 410), or it may not be seen (403). */
  find(target: string | URL, question?: Question): Promise<Reading | undefined>;
}
