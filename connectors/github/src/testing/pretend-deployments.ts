import type { World } from './living-github.js';

export interface PretendDeployment {
  id: number;
  environment: string;
  /** In milliseconds since 1970. */
  created: number;
  /** The states that it comes to, in order, which may show later than they are. */
  statuses: readonly { id: number; at: number; state: string; listed?: number }[];
  /** From when on the list shows it. */
  listed?: number;
}

const instant = (ms: number) => new Date(ms).toISOString().replace(/\.\d+/, '');

function shown({ id, environment, created, statuses }: PretendDeployment, now: number) {
  const touched = statuses.filter(({ at }) => at <= now).map(({ at }) => at);
  return {
    id,
    sha: 'a'.repeat(40),
    ref: 'main',
    task: 'deploy',
    environment,
    description: null,
    creator: { login: 'dora[bot]' },
    created_at: instant(created),
    updated_at: instant(Math.max(created, ...touched)),
    production_environment: environment === 'production',
  };
}

/** The part of a GitHub that has deployments: the list, newest first, single ones, and their statuses. */
export function pretendDeployments(all: readonly PretendDeployment[]): World {
  return (path, _query, now) => {
    const [, id, statuses] = /\/deployments(?:\/(\d+))?(\/statuses)?$/.exec(path) ?? [];
    const there = all.filter(({ created }) => created <= now);
    if (id === undefined) {
      const listed = there.filter(({ listed = 0 }) => listed <= now);
      const order = listed.sort((one, other) => other.created - one.created || other.id - one.id);
      return { list: order.map((deployment) => shown(deployment, now)) };
    }
    const deployment = there.find((one) => one.id === Number(id));
    if (!deployment) return undefined;
    if (statuses === undefined) return { json: shown(deployment, now) };
    const told = deployment.statuses.filter(({ at, listed = at }) => listed <= now).toReversed();
    return {
      list: told.map(({ id: statusId, state, at }) => ({ id: statusId, state, created_at: instant(at) })),
    };
  };
}
