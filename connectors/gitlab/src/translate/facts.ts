export type { Sighting } from '@painchain/connector-sdk/wording';

/** The project that a payload belongs to. Its id stays when it is renamed or moved; ids repeat between hosts. */
export interface ProjectFacts {
  /** `gitlab.com`, or another server's host and sub-path: keys begin with it. */
  host: string;
  id: number;
  /** `group/subgroup/project`, as it is called now; the events' project. */
  fullPath: string;
  /** Where a browser finds it, without a slash at its end. */
  webUrl: string;
}
