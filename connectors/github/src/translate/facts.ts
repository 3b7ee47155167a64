export type { Sighting } from '@painchain/connector-sdk/wording';

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
