import { matchesPatterns } from '@painchain/connector-sdk';
import type { Git } from './git.js';

/** Where a branch or tag points. `object` differs from `commit` for an annotated tag. */
export interface RefTarget {
  object: string;
  commit: string;
}

/** Full ref names and their targets. `HEAD` is among them while it is detached. */
export type Refs = ReadonlyMap<string, RefTarget>;

export interface RefSelection {
  branches?: readonly string[] | undefined;
  remoteBranches: boolean;
}

/** The name of a ref as people say it: `main`, `origin/main`, `v1.0`. */
export function shortName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags|remotes)\//, '');
}

export function isTag(ref: string): boolean {
  return ref.startsWith('refs/tags/');
}

const fields = ['refname', 'objectname', 'objecttype', '*objectname', '*objecttype', 'symref'];
const format = fields.map((field) => `%(${field})`).join('%00');

/** One line of for-each-ref, or undefined for what is no branch or tag of a commit. */
function parseRef(line: string, selection: RefSelection): [string, RefTarget] | undefined {
  const [ref = '', object = '', type, peeled = '', peeledType, symref] = line.split('\0');
  if (symref !== '' || ref === '') return undefined;
  if (!isTag(ref) && !matchesPatterns(shortName(ref), selection.branches)) return undefined;
  if (type === 'commit') return [ref, { object, commit: object }];
  if (type === 'tag' && peeledType === 'commit') return [ref, { object, commit: peeled }];
  return undefined;
}

/** The commit that a detached HEAD stands on: what a CI checkout has instead of a branch. */
async function detachedHead(git: Git): Promise<string | undefined> {
  const branch = await git.answer(['symbolic-ref', '-q', 'HEAD']);
  if (branch !== undefined) return undefined;
  return git.answer(['rev-parse', '--verify', '-q', 'HEAD^{commit}']);
}

/** Reads all watched refs at once. Cheap: it opens no commit and touches no index. */
export async function readRefs(git: Git, selection: RefSelection): Promise<Refs> {
  const roots = ['refs/heads', 'refs/tags', ...(selection.remoteBranches ? ['refs/remotes'] : [])];
  const output = await git.text(['for-each-ref', `--format=${format}`, '--', ...roots]);
  const refs = new Map<string, RefTarget>();
  for (const line of output.split('\n')) {
    const parsed = parseRef(line, selection);
    if (parsed) refs.set(...parsed);
  }
  if (selection.branches === undefined) {
    const head = await detachedHead(git);
    if (head !== undefined) refs.set('HEAD', { object: head, commit: head });
  }
  return refs;
}

/** When each branch and tag was last touched: its tagger's or its commit's date, in seconds since 1970. */
export async function readRefDates(git: Git): Promise<ReadonlyMap<string, number>> {
  const output = await git.text(['for-each-ref', '--format=%(creatordate:unix)%00%(refname)']);
  return new Map(
    output.split('\n').map((line): [string, number] => {
      const [date, ref = ''] = line.split('\0');
      return [ref, Number(date)];
    }),
  );
}
