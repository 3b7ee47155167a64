import type { World } from './living-gitlab.js';

export interface PretendDeployment {
  id: number;
  /** When it comes to which status, in milliseconds since 1970, in order; `created` first. */
  statuses: readonly (readonly [at: number, status: string])[];
  environment?: string;
  /** Somebody has told GitLab of it: there is no job. */
  told?: true;
  /** From when on the list shows it. */
  listed?: number;
}

const instant = (ms: number) => new Date(ms).toISOString();

function jobAt(id: number, reached: PretendDeployment['statuses']) {
  const running = reached.find(([, status]) => status === 'running');
  const end = reached.find(([, status]) => ['success', 'failed', 'canceled'].includes(status));
  return {
    id: id * 10,
    name: 'deploy',
    tag: false,
    started_at: running ? instant(running[0]) : null,
    finished_at: end ? instant(end[0]) : null,
    commit: { title: 'Raise the limit' },
    pipeline: { id: id * 100 },
  };
}

function deploymentAt({ id, statuses, environment = 'staging', told }: PretendDeployment, now: number) {
  const reached = statuses.filter(([at]) => at <= now);
  const [first, last] = [reached[0], reached.at(-1)];
  if (!first || !last) return undefined;
  return {
    id,
    iid: id,
    ref: 'main',
    sha: 'a'.repeat(40),
    status: last[1],
    created_at: instant(first[0]),
    updated_at: instant(last[0]),
    user: { username: 'ada' },
    environment: { id: 3, name: environment, external_url: 'https://staging.acme.test', tier: 'staging' },
    deployable: told ? null : jobAt(id, reached),
  };
}

/** The part of a GitLab that has deployments: those that have changed since, oldest first. */
export function pretendDeployments(all: readonly PretendDeployment[]): World {
  return (path, query, now) => {
    if (!path.endsWith('/deployments') || query.get('order_by') !== 'updated_at') return undefined;
    const since = Date.parse(query.get('updated_after') ?? '');
    const list = all
      .filter(({ listed = 0 }) => listed <= now)
      .flatMap((deployment) => deploymentAt(deployment, now) ?? [])
      .filter(({ updated_at }) => Date.parse(updated_at) >= since);
    return { list: list.sort((one, other) => one.updated_at.localeCompare(other.updated_at)) };
  };
}
