import type { MergeRequest } from './merge-requests.js';
import type { Project } from './project.js';

/** What comes from a branch has another head now. */
export function headMoved(project: Project, branch: string, sha: string): void {
  for (const mergeRequest of project.mergeRequests) {
    const { source, state } = mergeRequest;
    if (source.branch === branch && !source.fork && state === 'opened') moveHead(project, mergeRequest, sha);
  }
}

export function moveHead(project: Project, mergeRequest: MergeRequest, sha: string): void {
  if (mergeRequest.sha === sha) return;
  const { world } = project;
  mergeRequest.sha = sha;
  mergeRequest.updatedAt = world.now();
  mergeRequest.versions.push({ id: world.id(), sha, at: world.now() });
  const from = Math.max(world.now(), mergeRequest.visibleFrom);
  const standing = project.stand(`head ${mergeRequest.iid}`, sha, { from });
  project.fact('merge_request_updated', `merge_request/${mergeRequest.iid}`, sha, from, standing);
}
