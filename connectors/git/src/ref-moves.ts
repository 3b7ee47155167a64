import { type Refs, isTag } from './git/read-refs.js';
import type { ReflogEntry } from './git/read-reflog.js';
import type { RefMove, Target } from './translate/facts.js';

/** What is remembered of one ref: where it was, and what tells its next moves apart from earlier ones. */
export interface RefState {
  /** Null once it is deleted: a ref that comes back must not look like its first appearance. */
  target: Target | null;
  rewinds: number;
  /** How far its reflog has been read, in bytes. */
  logEnd?: number | undefined;
}

export type RefStates = ReadonlyMap<string, RefState>;

/** What the comparison asks the repository. */
export interface MoveWitness {
  /** The look before this one, in seconds since 1970. */
  lookedAt: number;
  isAncestor(older: string, newer: string): Promise<boolean>;
  /** The parents of commits, read at once: most moves go from a parent to its child. */
  parentsOf(commits: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Undefined where there is no reflog, as in a mirror. */
  reflog(ref: string, offset: number): ReflogEntry[] | undefined;
  birth(ref: string): ReflogEntry | undefined;
  endOfReflog(ref: string, commit: string): number | undefined;
}

type Step = Pick<RefMove, 'before' | 'after' | 'log'>;

/** More moves than this between two looks are told as one. */
const maxSteps = 200;

/** Deleted refs that are remembered; a name that was gone for longer and comes back counts as new. */
const rememberedDeletions = 2_000;

const plain = (sha: string): Target => ({ object: sha, commit: sha });

function logOf({ at, actor, how }: ReflogEntry): NonNullable<RefMove['log']> {
  return { at, actor, how: how.slice(0, 200) };
}

/** The reflog's entries as steps from one state to the other, or undefined where they don't connect them. */
function connect(entries: readonly ReflogEntry[], before: Target | null, after: Target): Step[] | undefined {
  const steps: Step[] = [];
  let at = before;
  for (const entry of entries) {
    const from = /^0+$/.test(entry.before) ? null : plain(entry.before);
    if (from?.commit !== at?.commit) return undefined;
    const to = plain(entry.after);
    if (from?.commit !== to.commit) steps.push({ before: from, after: to, log: logOf(entry) });
    at = to;
  }
  return at?.commit === after.commit && steps.length <= maxSteps ? steps : undefined;
}

/** How a branch came from one state to the other: by its reflog move by move, else as one move. */
function stepsOf(ref: string, state: RefState | undefined, after: Target | null, witness: MoveWitness) {
  const before = state?.target ?? null;
  const same = before?.object === after?.object;
  const whole: Step[] = same ? [] : [{ before, after }];
  if (after === null || isTag(ref)) return { steps: whole };
  const offset = before === null ? 0 : state?.logEnd;
  const entries = offset === undefined ? undefined : witness.reflog(ref, offset);
  if (before === null && entries?.[0] !== undefined && entries[0].at < witness.lookedAt) {
    // Renamed: it has brought along the reflog of its old name, whose moves have been told.
    const renamed = entries.findLast((entry) => entry.after === after.commit);
    return { steps: [{ before, after, ...(renamed && { log: logOf(renamed) }) }], logEnd: renamed?.end };
  }
  // Entries behind the last one that leads to what was seen have come after the look; they are the next one's.
  const last = entries?.findLastIndex((entry) => entry.after === after.commit) ?? -1;
  const steps = last < 0 ? undefined : connect(entries?.slice(0, last + 1) ?? [], before, after);
  if (steps) return { steps, logEnd: entries?.[last]?.end };
  const unread = same && entries !== undefined && last < 0;
  return { steps: whole, logEnd: unread ? offset : witness.endOfReflog(ref, after.commit) };
}

type Parents = ReadonlyMap<string, readonly string[]>;

async function isForward(
  { before, after }: Step,
  tag: boolean,
  parents: Parents,
  witness: MoveWitness,
): Promise<boolean> {
  if (before === null) return true;
  if (after === null || tag) return false;
  if (parents.get(after.commit)?.includes(before.commit)) return true;
  return witness.isAncestor(before.commit, after.commit);
}

/**
 * Compares what is remembered with what is seen now. Every move comes once and in its order per ref. A ref that
 * went back or away counts that: its later moves carry the count, so that A→B→A→B are three facts wherever the
 * look or the reflog shows them.
 */
export async function findMoves(known: RefStates, seen: Refs, witness: MoveWitness) {
  const states = new Map(known);
  const moves: RefMove[] = [];
  const found = [...new Set([...known.keys(), ...seen.keys()])].sort().map((ref) => {
    const after = seen.get(ref) ?? null;
    return { ref, after, ...stepsOf(ref, known.get(ref), after, witness) };
  });
  const ends = found.flatMap(({ steps }) => steps.flatMap(({ after }) => (after ? [after.commit] : [])));
  const parents = await witness.parentsOf([...new Set(ends)]);
  for (const { ref, after, steps, logEnd } of found) {
    let rewinds = known.get(ref)?.rewinds ?? 0;
    for (const step of steps) {
      const forward = await isForward(step, isTag(ref), parents, witness);
      if (ref !== 'HEAD') moves.push({ ref, ...step, forward, rewinds });
      if (!forward) rewinds += 1;
    }
    states.set(ref, { target: after, rewinds, ...(logEnd !== undefined && { logEnd }) });
  }
  forgetOldDeletions(states);
  return { moves, states };
}

function forgetOldDeletions(states: Map<string, RefState>): void {
  const deleted = [...states].filter(([, { target }]) => target === null);
  for (const [ref] of deleted.slice(0, Math.max(0, deleted.length - rememberedDeletions))) states.delete(ref);
}

/** What is there at the first look: one move from nothing for each ref, dated by its reflog's first entry. */
export function firstMoves(seen: Refs, witness: MoveWitness): { moves: RefMove[]; states: RefStates } {
  const states = new Map<string, RefState>();
  const moves: RefMove[] = [];
  for (const [ref, target] of seen) {
    const birth = isTag(ref) ? undefined : witness.birth(ref);
    const logEnd = isTag(ref) ? undefined : witness.endOfReflog(ref, target.commit);
    states.set(ref, { target, rewinds: 0, ...(logEnd !== undefined && { logEnd }) });
    if (ref === 'HEAD' || repeatsLocalBranch(ref, target, seen)) continue;
    const after = birth ? plain(birth.after) : target;
    moves.push({ ref, before: null, after, forward: true, rewinds: 0, ...(birth && { log: logOf(birth) }) });
  }
  return { moves, states };
}

/** A clone's `origin/main` that stands where `main` does tells nothing new. */
function repeatsLocalBranch(ref: string, target: Target, seen: Refs): boolean {
  const remote = /^refs\/remotes\/[^/]+\/(.+)$/.exec(ref);
  return remote !== null && seen.get(`refs/heads/${remote[1] ?? ''}`)?.object === target.object;
}
