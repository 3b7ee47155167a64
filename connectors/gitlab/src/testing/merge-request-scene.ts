import type { Script } from './scripted-gitlab.js';
import { WindowedGitLab } from './windowed-gitlab.js';
import {
  type Given,
  type MergeRequestShape,
  approvalsPayload,
  mergeRequestDetails,
  mergeRequestPayload,
  stateEventPayload,
} from './tickets.js';

export const now = Date.parse('2026-11-24T10:00:00Z');

/** A merge request, and all that may be asked of it. */
export interface Scene extends MergeRequestShape {
  approvals?: readonly Given[];
  states?: readonly (readonly [id: number, state: string, at: string])[];
  /** What heads it has had, the oldest first. Absent: nobody may know. */
  heads?: readonly (readonly [sha: string, at: string])[];
  /** What stands in the list instead. */
  payload?: Record<string, unknown> | undefined;
}

const list = '/projects/7/merge_requests';

function payloadOf({ payload, ...shape }: Scene): Record<string, unknown> {
  const touched = shape.merged ?? shape.closed ?? shape.created;
  return payload ?? mergeRequestPayload({ ...(touched !== undefined && { updated: touched }), ...shape });
}

function versionsOf({ heads }: Scene): Script {
  if (!heads) return { missing: true };
  return {
    json: heads.map(([sha, at], id) => ({ id, head_commit_sha: sha, created_at: at })).toReversed(),
  };
}

/** A GitLab with these merge requests. */
export function gitLabOf(scenes: readonly Scene[], at = now): WindowedGitLab {
  const payloads = scenes.map(payloadOf);
  const gitlab = new WindowedGitLab('merge_requests', payloads, at);
  const before = new Date(at - 7 * 86_400_000).toISOString();
  const open = payloads.filter(({ state }) => state === 'opened');
  gitlab.says(`${list}?state=opened&scope=all&created_before=${before}&per_page=100`, { json: open });
  for (const scene of scenes) {
    const path = `${list}/${scene.iid ?? 42}`;
    gitlab
      .says(path, { json: mergeRequestDetails(scene) })
      .says(`${path}/commits?per_page=100`, { json: [1, 2, 3, 4] })
      .says(`${path}/versions?per_page=100`, versionsOf(scene))
      .says(`${path}/approvals`, { json: approvalsPayload(...(scene.approvals ?? [])) })
      .says(`${path}/resource_state_events?per_page=100`, {
        json: (scene.states ?? []).map((state) => stateEventPayload(...state)),
      });
  }
  return gitlab;
}

/** The keys of what was told, without the host and the kind of thing. */
export function toldBy({ events }: { events: readonly { key_parts: readonly string[] }[] }): string[] {
  return events.map(({ key_parts }) => key_parts.slice(2).join(' '));
}
