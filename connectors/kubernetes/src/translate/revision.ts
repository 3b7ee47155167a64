import { commitRef } from './wording.js';

/** What was applied, as Argo CD and Flux write it. */
export interface Revision {
  /** As it is written. */
  text: string;
  /** As short as one speaks of it: eight characters of a commit, else a version as it is. */
  short: string;
  /** A commit’s, in full. */
  sha?: string;
  branch?: string;
}

/** `main@sha1:…`, `main/…`, `refs/heads/main@sha1:…`, `sha1:…`, a commit alone, or a chart’s version. Never fails. */
export function parseRevision(written: string): Revision {
  const text = written.trim();
  const [, before = '', sha] = /^(?:(.+?)[@/])?(?:sha1:)?([0-9a-f]{40})$/i.exec(text) ?? [];
  if (sha === undefined) return { text, short: shortText(text) };
  const branch = before.replace(/^refs\/(?:heads|tags)\//, '');
  const commit = sha.toLowerCase();
  return { text, short: commit.slice(0, 8), sha: commit, ...(branch !== '' && { branch }) };
}

/** A digest is as good by its first characters. */
function shortText(text: string): string {
  return text.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/gi, '$1').slice(0, 100);
}

export function shortRevisions(revisions: readonly string[]): string {
  return revisions.map((revision) => parseRevision(revision).short).join(', ');
}

export function revisionRefs(revisions: readonly string[]): string[] {
  return revisions.flatMap((revision) => {
    const { sha } = parseRevision(revision);
    return sha === undefined ? [] : [commitRef(sha)];
  });
}
