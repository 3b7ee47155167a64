import type { ChangeSummary, CommitFacts, FileChange, FileStatus } from '../translate/facts.js';

/** Files of one difference that are listed; the rest is only counted. */
const listedFiles = 300;

/** Begins each commit, and can't begin what follows a commit: neither a mode line nor a count. */
const mark = '\u0001';

/** For diff-tree: nine fields and an empty one, each ended by NUL. */
export const commitFormat = `--format=%x01${['%H', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'].join('%x00')}%x00`;

const statuses: Readonly<Record<string, FileStatus>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'type_changed',
};

type Tokens = AsyncIterator<string>;

async function next(tokens: Tokens): Promise<string> {
  const { value, done } = await tokens.next();
  return done ? '' : value;
}

function emptySummary(): ChangeSummary {
  return { files: [], files_total: 0, additions: 0, deletions: 0 };
}

/** `:100644 100644 <old> <new> R100`, then one path or two. */
async function readRaw(token: string, tokens: Tokens, summary: ChangeSummary): Promise<void> {
  const letter = token.split(' ').at(-1)?.[0] ?? '';
  const path = await next(tokens);
  const renamed = letter === 'R' || letter === 'C' ? await next(tokens) : undefined;
  summary.files_total += 1;
  if (summary.files.length >= listedFiles) return;
  summary.files.push({
    path: renamed ?? path,
    ...(renamed !== undefined && { previous_path: path }),
    status: statuses[letter] ?? 'modified',
  });
}

/** `3 TAB 1 TAB path`, or `3 TAB 1 TAB` and then two paths. Comes in the order of the raw lines. */
async function readCount(
  token: string,
  tokens: Tokens,
  summary: ChangeSummary,
  file: FileChange | undefined,
) {
  const [added, deleted, path] = token.split('\t', 3);
  if (path === '') {
    await next(tokens);
    await next(tokens);
  }
  if (added === '-') return;
  const [additions, deletions] = [Number(added) || 0, Number(deleted) || 0];
  summary.additions += additions;
  summary.deletions += deletions;
  if (file) Object.assign(file, { additions, deletions });
}

/**
 * Reads the differences behind a commit, up to the mark of the next one, which it returns. Works for the
 * output of `diff-tree -z --raw --numstat` between two trees as well.
 */
async function readChanges(tokens: Tokens, summary: ChangeSummary): Promise<string | undefined> {
  let counted = 0;
  for (let { value, done } = await tokens.next(); !done; { value, done } = await tokens.next()) {
    if (value.startsWith(mark)) return value;
    const token = value.startsWith('\n') ? value.slice(1) : value;
    if (token.startsWith(':')) await readRaw(token, tokens, summary);
    else if (/^(?:\d+|-)\t/.test(token)) await readCount(token, tokens, summary, summary.files[counted++]);
  }
  return undefined;
}

/** Reads `diff-tree --stdin -z --raw --numstat` in {@link commitFormat}, one commit at a time. */
export async function* parseCommits(tokens: AsyncIterable<string>): AsyncGenerator<CommitFacts, void, void> {
  const reader = tokens[Symbol.asyncIterator]();
  const first = await reader.next();
  let head = first.done ? undefined : first.value;
  while (head !== undefined) {
    const sha = head.slice(mark.length);
    const parents = (await next(reader)).split(' ').filter(Boolean);
    const author = { name: await next(reader), email: await next(reader) };
    const authoredAt = Number(await next(reader));
    const committer = { name: await next(reader), email: await next(reader) };
    const committedAt = Number(await next(reader));
    const message = (await next(reader)).trimEnd();
    const changes = emptySummary();
    head = await readChanges(reader, changes);
    yield { sha, parents, author, committer, authoredAt, committedAt, message, changes };
  }
}

/** Reads `diff-tree -z --raw --numstat <a> <b>`. */
export async function parseChanges(tokens: AsyncIterable<string>): Promise<ChangeSummary> {
  const changes = emptySummary();
  await readChanges(tokens[Symbol.asyncIterator](), changes);
  return changes;
}
