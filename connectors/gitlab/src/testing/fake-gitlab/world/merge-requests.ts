import { addCommit, nothing } from '@painchain/connector-sdk/testing/pretend';
import { moveBranches } from './git.js';
import { moveHead } from './heads.js';
import type { Project } from './project.js';

/** One line in the history of a merge request or an issue. */
export interface StateEvent {
  id: number;
  state: 'closed' | 'reopened' | 'merged';
  by: string;
  at: number;
}

export interface MergeRequest {
  id: number;
  iid: number;
  title: string;
  by: string;
  source: { branch: string; fork: boolean };
  target: string;
  sha: string;
  draft: boolean;
  labels: string[];
  state: 'opened' | 'closed' | 'merged';
  createdAt: number;
  updatedAt: number;
  closedAt: number | undefined;
  merged: { at: number; by: string; sha: string } | undefined;
  approvals: { by: string; at: number }[];
  stateEvents: StateEvent[];
  versions: { id: number; sha: string; at: number }[];
  notes: { id: number; body: string; by: string; at: number; system: boolean }[];
  visibleFrom: number;
}

const subjectOf = ({ iid }: MergeRequest) => `merge_request/${iid}`;

/** Proposes a branch; without a branch of this project, a fork's. */
export function openMergeRequest(
  project: Project,
  { branch, by, title, target }: { branch: string; by: string; title: string; target?: string },
): MergeRequest {
  const { world } = project;
  const own = project.branches.get(branch);
  const main = project.branches.get(project.defaultBranch) ?? nothing;
  const sha = own ?? addCommit(project, { by, parents: [main] });
  const now = world.now();
  const mergeRequest: MergeRequest = {
    id: world.id(),
    iid: project.iid('merge request'),
    title,
    by,
    source: { branch, fork: own === undefined },
    target: target ?? project.defaultBranch,
    sha,
    draft: world.chance.happens(0.1),
    labels: [],
    state: 'opened',
    createdAt: now,
    updatedAt: now,
    closedAt: undefined,
    merged: undefined,
    approvals: [],
    stateEvents: [],
    versions: [{ id: world.id(), sha, at: now }],
    notes: [],
    visibleFrom: world.visibleFrom(),
  };
  project.mergeRequests.push(mergeRequest);
  const { iid, visibleFrom: from } = mergeRequest;
  project.stand(`head ${iid}`, sha, { from, first: true });
  project.stand(`target ${iid}`, mergeRequest.target, { from, first: true });
  project.fact('merge_request_opened', subjectOf(mergeRequest), '', from);
  return mergeRequest;
}

function note(project: Project, mergeRequest: MergeRequest, body: string, by: string, system = true): void {
  const { world } = project;
  mergeRequest.notes.push({ id: world.id(), body, by, at: world.now(), system });
  mergeRequest.updatedAt = world.now();
}

/** A comment: it changes nothing but when it was last touched. */
export function comment(project: Project, mergeRequest: MergeRequest): void {
  note(project, mergeRequest, 'Looks good.', mergeRequest.by, false);
}

/** Says yes to it, or takes that back. */
export function approve(project: Project, mergeRequest: MergeRequest, by: string): void {
  const has = mergeRequest.approvals.some((approval) => approval.by === by);
  mergeRequest.approvals = mergeRequest.approvals.filter((approval) => approval.by !== by);
  if (!has) mergeRequest.approvals.push({ by, at: project.world.now() });
  note(project, mergeRequest, `${has ? 'unapproved' : 'approved'} this merge request`, by);
  const place = `approval ${mergeRequest.iid} ${by}`;
  const from = Math.max(project.world.now(), mergeRequest.visibleFrom);
  const standing = project.stand(place, has ? '' : 'approved', { from });
  const type = has ? 'merge_request_unapproved' : 'merge_request_approved';
  project.fact(type, subjectOf(mergeRequest), by, from, standing);
}

function turn(project: Project, mergeRequest: MergeRequest, state: StateEvent['state'], by: string): void {
  const { world } = project;
  mergeRequest.state = state === 'reopened' ? 'opened' : state;
  mergeRequest.closedAt = state === 'closed' ? world.now() : undefined;
  mergeRequest.updatedAt = world.now();
  mergeRequest.stateEvents.push({ id: world.id(), state, by, at: world.now() });
  const from = Math.max(world.now(), mergeRequest.visibleFrom);
  project.fact(`merge_request_${state}`, subjectOf(mergeRequest), '', from);
}

export function closeMergeRequest(project: Project, mergeRequest: MergeRequest, by: string): void {
  turn(project, mergeRequest, 'closed', by);
}

/** What was pushed to its branch meanwhile is seen with it. */
export function reopenMergeRequest(project: Project, mergeRequest: MergeRequest, by: string): void {
  turn(project, mergeRequest, 'reopened', by);
  const tip = project.branches.get(mergeRequest.source.branch);
  if (tip !== undefined && !mergeRequest.source.fork) moveHead(project, mergeRequest, tip);
}

export function retarget(project: Project, mergeRequest: MergeRequest, target: string, by: string): void {
  const { iid, target: before } = mergeRequest;
  mergeRequest.target = target;
  note(project, mergeRequest, `changed target branch from \`${before}\` to \`${target}\``, by);
  const from = Math.max(project.world.now(), mergeRequest.visibleFrom);
  const standing = project.stand(`target ${iid}`, target, { from });
  project.fact('merge_request_retargeted', subjectOf(mergeRequest), target, from, standing);
}

/** A push to a fork: no activity of this project says it. */
export function pushToFork(project: Project, mergeRequest: MergeRequest): void {
  moveHead(project, mergeRequest, addCommit(project, { by: mergeRequest.by, parents: [mergeRequest.sha] }));
}

export function merge(project: Project, mergeRequest: MergeRequest, by: string): void {
  const { world } = project;
  const tip = project.branches.get(mergeRequest.target) ?? nothing;
  const message = `Merge branch '${mergeRequest.source.branch}' into '${mergeRequest.target}'\n\nSee merge request ${project.fullName}!${mergeRequest.iid}`;
  const sha = addCommit(project, { by, parents: [tip, mergeRequest.sha], message });
  mergeRequest.merged = { at: world.now(), by, sha };
  // Whoever looks from now on sees what is merged, whatever its head and its target were.
  project.stand(`head ${mergeRequest.iid}`, 'merged');
  project.stand(`target ${mergeRequest.iid}`, 'merged');
  turn(project, mergeRequest, 'merged', by);
  moveBranches(project, [{ name: mergeRequest.target, after: sha }], by);
}
