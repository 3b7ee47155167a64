import { type JsonValue, limits } from '@painchain/contract';

// Longer texts are logs and patches; what hangs together is named near their beginning.
const scannedCharacters = 16 * 1024;

// The hashes of trees and file contents look like commits and hang nothing together; a commit's parents are facts
// of their own, and would tie every commit to its neighbours.
const holdsNoCommits = new Set([
  'tree',
  'tree_id',
  'tree_sha',
  'blob',
  'blob_id',
  'blob_sha',
  'files',
  'diffs',
  'parent',
  'parents',
]);

const commit = /(?<![\w-])[0-9a-f]{40}(?![\w-])/gi;
const noCommit = /^0+$/;
const change = /(?<![\w./-])[a-z0-9][\w.-]{0,99}\/[a-z0-9][\w.-]{0,99}#[1-9]\d{0,9}(?!\w)/gi;
// GitLab counts merge requests apart from issues, and its projects lie in groups of groups.
const mergeRequest =
  /(?<![\w./-])[a-z0-9_][\w.-]{0,99}(?:\/[a-z0-9_][\w.-]{0,99}){1,20}![1-9]\d{0,9}(?!\w)/gi;
const digest = /@sha256:[0-9a-f]{64}(?![0-9a-f])/g;
const repositoryEnd = /[a-z0-9][a-z0-9._/:-]*$/;
const imageKey = /image/i;
const image = /^(?:[a-z0-9][a-z0-9.-]*(?::\d{1,5})?\/)?[a-z0-9][a-z0-9._/-]*:[\w][\w.-]{0,127}$/i;
const registry =
  /^(?:[a-z0-9.-]*\.)?(?:ghcr\.io|quay\.io|docker\.io|gcr\.io|pkg\.dev|azurecr\.io|amazonaws\.com)\//;

/**
 * Correlation keys that stand anywhere in a JSON value: `commit:<sha>`, `image:<name>@<digest>`,
 * `image:<name>:<tag>` where a text is clearly an image, `change:<owner>/<repo>#<n>`, `change:<project>!<n>`. In the
 * order found, each once, at most `limits.refs`. Expects a decoded value: its depth and size are bounded.
 */
export function findRefs(value: JsonValue): string[] {
  const refs = new Set<string>();
  walk(value, '', true, refs);
  return [...refs].slice(0, limits.refs);
}

function walk(value: JsonValue, key: string, mayHoldCommits: boolean, refs: Set<string>): void {
  if (refs.size >= limits.refs) return;
  if (typeof value === 'string') findInText(value.slice(0, scannedCharacters), key, mayHoldCommits, refs);
  else if (Array.isArray(value)) for (const item of value) walk(item, key, mayHoldCommits, refs);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      walk(member, name, mayHoldCommits && !holdsNoCommits.has(name), refs);
    }
  }
}

function findInText(text: string, key: string, mayHoldCommits: boolean, refs: Set<string>): void {
  if (mayHoldCommits && text.length >= 40) {
    for (const [sha] of text.matchAll(commit))
      if (!noCommit.test(sha)) refs.add(`commit:${sha.toLowerCase()}`);
  }
  if (text.includes('#')) for (const [name] of text.matchAll(change)) refs.add(`change:${name}`);
  if (text.includes('!')) findMergeRequests(text, refs);
  if (text.includes('@sha256:')) findDigests(text, refs);
  if (text.includes(':') && text.length <= limits.ref) findTag(text, key, refs);
}

function findMergeRequests(text: string, refs: Set<string>): void {
  for (const [name] of text.matchAll(mergeRequest)) {
    const ref = `change:${name}`;
    if (ref.length <= limits.ref) refs.add(ref);
  }
}

function findDigests(text: string, refs: Set<string>): void {
  for (const { 0: found, index } of text.matchAll(digest)) {
    const name = repositoryEnd.exec(text.slice(Math.max(0, index - 200), index))?.[0];
    if (name) refs.add(`image:${withoutTag(name)}${found}`);
  }
}

function findTag(text: string, key: string, refs: Set<string>): void {
  const name = text.replace(/^docker(?:-pullable)?:\/\//, '').replace(/@sha256:[0-9a-f]{64}$/, '');
  if (!image.test(name) || name.startsWith('sha256:')) return;
  if (imageKey.test(key) || registry.test(name)) refs.add(`image:${name}`);
}

function withoutTag(name: string): string {
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}
