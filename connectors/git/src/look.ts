import type { Pending, Progress } from './cursor.js';
import { isAncestor, listCommits, readParents } from './git/read-commits.js';
import { type RefSelection, type Refs, readRefDates, readRefs } from './git/read-refs.js';
import { endOfReflog, readBirth, readReflog } from './git/read-reflog.js';
import { type Repository, identify } from './git/repository.js';
import { type MoveWitness, type RefStates, findMoves, firstMoves } from './ref-moves.js';
import type { RefMove } from './translate/facts.js';

/** When the look is taken and how far it goes. */
export interface LookOptions {
  selection: RefSelection;
  /** RFC 3339; `since` is the last complete look, null at the first. */
  at: string;
  since: string | null;
  backfill: { days: number; commits: number };
}

const daySeconds = 86_400;
/** At the first look nothing older is told: the timeline's memory does not reach further. */
const yearSeconds = 365 * daySeconds;
/** A repository at rest shows at least this many commits. */
const atLeastCommits = 100;

function witnessOf({ git, commonDir, local }: Repository, since: string | null): MoveWitness {
  return {
    lookedAt: since === null ? 0 : Math.floor(Date.parse(since) / 1_000) - 2,
    isAncestor: (older, newer) => isAncestor(git, older, newer),
    parentsOf: (commits) => readParents(git, commits),
    reflog: (ref, offset) => (local ? readReflog(commonDir, ref, offset) : undefined),
    birth: (ref) => (local ? readBirth(commonDir, ref) : undefined),
    endOfReflog: (ref, commit) => (local ? endOfReflog(commonDir, ref, commit) : undefined),
  };
}

/** The commits that refs stand on, each once. */
export function tipsOf(states: RefStates): string[] {
  const commits = [...states.values()].flatMap(({ target }) => (target === null ? [] : [target.commit]));
  return [...new Set(commits)];
}

function isRecent({ ref, log }: RefMove, dates: ReadonlyMap<string, number>, after: number): boolean {
  return (log?.at ?? dates.get(ref) ?? 0) >= after;
}

/** The first look: what is there now, as far back as it shall go. */
async function firstLook(
  repository: Repository,
  refs: Refs,
  options: LookOptions,
  identity: string[],
  baseline: boolean,
): Promise<Progress> {
  const { at, backfill } = options;
  const { moves, states } = firstMoves(refs, witnessOf(repository, null));
  const now = Math.floor(Date.parse(at) / 1_000);
  const dates = await readRefDates(repository.git);
  const window = { since: now - backfill.days * daySeconds, limit: backfill.commits };
  const atLeast = { commits: atLeastCommits, since: now - yearSeconds };
  const commits = { tips: tipsOf(states), ...window, atLeast };
  const { shas } = await listCommits(repository.git, { ...commits, known: [] });
  const recent = moves.filter((move) => isRecent(move, dates, now - yearSeconds));
  const pending: Pending = {
    at,
    since: null,
    backfill: true,
    commits,
    // After a loss the refs are known already, only where they were is not.
    moves: baseline ? recent : [],
    states: [...states],
    listed: shas.length,
    done: 0,
  };
  return { identity, states: [], pending };
}

/**
 * Whether what is known bounds what is new. Where nothing was there before, or a garbage collection has taken
 * the old tips, the whole history would look new.
 */
async function isComplete({ git }: Repository, tips: readonly string[], knownTips: readonly string[]) {
  if (tips.length === 0) return true;
  if (knownTips.length === 0) return false;
  const there = await readParents(git, knownTips);
  return knownTips.every((tip) => there.has(tip));
}

/** From where on a commit counts as new where only its date can tell. */
function newsSince({ at, since, backfill }: LookOptions): number {
  const now = Math.floor(Date.parse(at) / 1_000);
  const lookedAt = since === null ? now : Math.floor(Date.parse(since) / 1_000);
  return Math.min(lookedAt, now - backfill.days * daySeconds);
}

/** Every later look: what has moved, and which commits have come by it. */
async function nextLook(
  repository: Repository,
  refs: Refs,
  options: LookOptions,
  progress: Progress,
): Promise<Progress> {
  const known: RefStates = new Map(progress.states);
  const { moves, states } = await findMoves(known, refs, witnessOf(repository, options.since));
  // The steps in between may have left commits that no ref leads to any more.
  const passed = moves.flatMap(({ after }) => (after === null ? [] : [after.commit]));
  const knownTips = tipsOf(known);
  const old = new Set(knownTips);
  const tips = [...new Set([...passed, ...tipsOf(states)])].filter((tip) => !old.has(tip));
  const window = (await isComplete(repository, tips, knownTips)) ? {} : { since: newsSince(options) };
  const commits = { tips, limit: options.backfill.commits, ...window };
  const { shas } = await listCommits(repository.git, { ...commits, known: knownTips });
  const pending: Pending = {
    at: options.at,
    since: options.since,
    backfill: false,
    commits,
    moves,
    states: [...states],
    listed: shas.length,
    done: 0,
  };
  return { ...progress, pending };
}

/**
 * Looks at a repository once and says what there is to tell, or null where there has never been anything.
 * `known` is null at the first look, and `lost` when the connector has lost its memory of the refs.
 */
export async function look(
  repository: Repository,
  known: Progress | { lost: true; identity: string[] } | null,
  options: LookOptions,
): Promise<Progress | null> {
  const refs = await readRefs(repository.git, options.selection);
  if (known !== null && !('lost' in known)) return nextLook(repository, refs, options, known);
  if (refs.size === 0) return null;
  const tips = [...new Set([...refs.values()].map(({ commit }) => commit))];
  const identity = known?.identity ?? (await identify(repository, tips));
  // It was looked at while it was empty: what has come since is news, not the past.
  if (known === null && options.since !== null)
    return nextLook(repository, refs, options, { identity, states: [], pending: null });
  return firstLook(repository, refs, options, identity, known === null);
}

/** Whether a look has found nothing worth a page of its own. */
export function isQuiet({ states, pending }: Progress): boolean {
  if (pending === null) return true;
  if (pending.moves.length > 0 || pending.listed > 0) return false;
  return JSON.stringify(states) === JSON.stringify(pending.states);
}
