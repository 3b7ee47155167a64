/** What facts of a forge belong to: a repository, a project. Ids repeat between hosts. */
export interface Home {
  host: string;
  /** Stays when it is renamed or moved. */
  id: number;
  /** As it is called now; the events' project. */
  project: string;
}
