import { addCommit, nothing } from '@painchain/connector-sdk/testing/pretend';
import { headMoved } from './heads.js';
import type { Project } from './project.js';

export interface Tag {
  /** What the ref points at: the commit, or the annotation. */
  target: string;
  commit: string;
  annotation?: { message: string; by: string; at: number };
}

/** A push as the activity of a project has it. */
export interface PushEvent {
  id: number;
  at: number;
  by: string;
  refType: 'branch' | 'tag';
  action: 'created' | 'pushed' | 'removed';
  /** Undefined where it stands for the push of many refs, whose number is `refCount`. */
  ref: string | undefined;
  from: string | undefined;
  to: string | undefined;
  commitCount: number;
  refCount: number | undefined;
  visibleFrom: number;
}

/** A ref that moves: `before` or `after` is `nothing` where there is none. */
interface Move {
  name: string;
  before: string;
  after: string;
  /** The history before is given up. */
  forced?: boolean;
}

const actionOf = ({ before, after }: Move) =>
  before === nothing ? 'created' : after === nothing ? 'removed' : 'pushed';

function pushed(
  project: Project,
  refType: PushEvent['refType'],
  moves: readonly Move[],
  by: string,
): PushEvent {
  const { world } = project;
  const [only] = moves.length > world.mostRefsTold ? [] : moves;
  const first = moves[0];
  const event: PushEvent = {
    id: world.id(),
    at: world.now(),
    by,
    refType,
    action: first ? actionOf(first) : 'pushed',
    ref: only?.name,
    from: only && only.before !== nothing ? only.before : undefined,
    to: only && only.after !== nothing ? only.after : undefined,
    commitCount: only ? 1 : 0,
    refCount: only ? undefined : moves.length,
    visibleFrom: world.now() + world.eventLag(world.chance),
  };
  project.events.push(event);
  return event;
}

const branchTypes = { created: 'branch_created', removed: 'branch_deleted', pushed: 'push' } as const;
const tagTypes = { created: 'tag_created', removed: 'tag_deleted', pushed: 'tag_moved' } as const;

function moveOne(project: Project, { name, before, after, forced = false }: Move, told: PushEvent): void {
  if (after === nothing) project.branches.delete(name);
  else project.branches.set(name, after);
  const subject = `branch/${name}`;
  const standing = project.stand(subject, after);
  const type = forced ? 'force_push' : branchTypes[actionOf({ name, before, after })];
  // With an event of its own it has an instant; of many pushed at once only the difference shows.
  const isNamed = told.ref !== undefined;
  const from = isNamed ? told.visibleFrom : project.world.now();
  project.fact(type, subject, `${before}..${after}`, from, isNamed ? undefined : standing, false);
  if (after !== nothing) headMoved(project, name, after);
}

/** Moves, makes or deletes branches at once, and with them the merge requests that come from them. */
export function moveBranches(project: Project, moves: readonly Omit<Move, 'before'>[], by: string): void {
  const { branches, world } = project;
  const whole = moves
    .map((move) => ({ ...move, before: branches.get(move.name) ?? nothing }))
    .filter(({ before, after }) => before !== after);
  const isBulk = whole.length > world.mostRefsTold;
  const together = isBulk ? pushed(project, 'branch', whole, by) : undefined;
  for (const move of whole) moveOne(project, move, together ?? pushed(project, 'branch', [move], by));
}

/** Some commits on top of a branch. */
export function push(project: Project, branch: string, by: string, commits = 1): string {
  let tip = project.branches.get(branch) ?? nothing;
  for (let made = 0; made < commits; made += 1) tip = addCommit(project, { by, parents: [tip] });
  moveBranches(project, [{ name: branch, after: tip }], by);
  return tip;
}

export function createBranch(project: Project, branch: string, by: string, from?: string): void {
  const after = from ?? project.branches.get(project.defaultBranch) ?? nothing;
  moveBranches(project, [{ name: branch, after }], by);
}

export function deleteBranch(project: Project, branch: string, by: string): void {
  moveBranches(project, [{ name: branch, after: nothing }], by);
}

/** A new history beside the old one: one commit on what was before the tip. */
export function rewrite(project: Project, branch: string, by: string): void {
  const tip = project.commits.get(project.branches.get(branch) ?? '');
  const after = addCommit(project, { by, parents: tip?.parents ?? [], message: 'Change it otherwise' });
  moveBranches(project, [{ name: branch, after, forced: true }], by);
}

/** Makes, moves or deletes (without a commit) a tag. */
export function setTag(
  project: Project,
  name: string,
  commit: string | undefined,
  by: string,
  annotated = false,
): void {
  const { world, tags } = project;
  const known = tags.get(name);
  if (commit === undefined && !known) return;
  const target = commit === undefined ? nothing : annotated ? world.sha() : commit;
  const annotation = { message: `Version ${name}`, by, at: world.now() };
  if (commit === undefined) tags.delete(name);
  else tags.set(name, { target, commit, ...(annotated ? { annotation } : {}) });
  const move = { name, before: known?.target ?? nothing, after: target };
  const { visibleFrom } = pushed(project, 'tag', [move], by);
  project.fact(tagTypes[actionOf(move)], `tag/${name}`, target, visibleFrom, undefined, false);
}
