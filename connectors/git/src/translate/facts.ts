/** What is known of a repository beside its commits. */
export interface RepositoryFacts {
  /** Where every key of this repository begins. */
  identity: readonly string[];
  /** `owner/repo`, or the name of its folder. */
  project: string;
  /** `https://host/owner/repo`, where its commits can be read. */
  webUrl?: string | undefined;
}

export interface Person {
  name: string;
  email: string;
}

export type FileStatus = 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type_changed';

export interface FileChange {
  path: string;
  previous_path?: string;
  status: FileStatus;
  /** Absent for binary files. */
  additions?: number;
  deletions?: number;
}

/** What a difference between two trees comes to. Only the first files are listed, all of them are counted. */
export interface ChangeSummary {
  files: FileChange[];
  files_total: number;
  additions: number;
  deletions: number;
}

export interface CommitFacts {
  sha: string;
  parents: string[];
  author: Person;
  committer: Person;
  /** Seconds since 1970, as the commit claims; may be nonsense. */
  authoredAt: number;
  committedAt: number;
  message: string;
  /** Absent where the parent is not here (shallow) or the difference took too long. */
  changes?: ChangeSummary | undefined;
}

/** A commit inside a list: enough to recognise it. */
export interface CommitLine {
  sha: string;
  subject: string;
  author: string;
  committed_at: string | null;
}

/** Where a ref points: an annotated tag's object is not its commit. */
export interface Target {
  object: string;
  commit: string;
}

/** When something was seen, and what is known of when it happened. RFC 3339 throughout. */
export interface Observation {
  /** This look at the repository. */
  at: string;
  /** The look before it; null at the first. */
  since: string | null;
  /** First look ever: what is there was there before. */
  backfill: boolean;
}

/** One move of one ref, from a state to the next. */
export interface RefMove {
  ref: string;
  before: Target | null;
  after: Target | null;
  /** Everything from `before` is still in `after`. */
  forward: boolean;
  /** How often this ref had gone back or away earlier: tells A→B→A→B apart. */
  rewinds: number;
  /** The reflog's word on it, where there is one: seconds since 1970, who and how. */
  log?: { at: number; actor: string; how: string } | undefined;
}

/** What is in a branch's move, as far as it can be told. */
export interface MoveDetails {
  tip?: CommitFacts | undefined;
  gained: { total: number; commits: CommitLine[] };
  lost: { total: number; commits: CommitLine[] };
  changes?: ChangeSummary | undefined;
}

/** An annotated tag's own words; null for a lightweight one. */
export interface TagAnnotation {
  tagger: Person;
  /** Seconds since 1970. */
  taggedAt: number;
  message: string;
}

export interface TagDetails {
  annotation: TagAnnotation | null;
  commit?: CommitFacts | undefined;
}
