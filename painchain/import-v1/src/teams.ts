import { type JsonObject, limits, type NewTeam, NewTeam as Team } from '@painchain/contract';
import { type Connection, tagOf, tagsOf } from './connections.js';
import { textOf } from './json-text.js';

export interface TeamPlan {
  teams: NewTeam[];
  /** Why a team of v1 can't be one of v2. */
  leftOut: { name: string; reason: string }[];
}

/** Teams with their own tags and those by which the events of their connections are known. */
export function planTeams(
  rows: readonly JsonObject[],
  links: readonly JsonObject[],
  connections: ReadonlyMap<string, Connection>,
): TeamPlan {
  const plan: TeamPlan = { teams: [], leftOut: [] };
  for (const row of rows) {
    const linked = links
      .filter((link) => textOf(link['team_id']) === textOf(row['id']))
      .flatMap((link) => connections.get(textOf(link['connection_id']))?.name ?? []);
    const tags = [...new Set([...tagsOf(row['tags']), ...linked.map(tagOf)])].sort().slice(0, limits.tags);
    const name = textOf(row['name']).slice(0, limits.teamName);
    const team = Team.safeParse({ name, tags });
    const same = plan.teams.find((other) => other.name === team.data?.name);
    if (same) same.tags = [...new Set([...same.tags, ...tags])].sort().slice(0, limits.tags);
    else if (team.success) plan.teams.push(team.data);
    else
      plan.leftOut.push({
        name,
        reason: tags.length === 0 ? 'it has neither tags nor connections' : 'its name',
      });
  }
  return plan;
}

/** The connections that some team is linked to. */
export function linkedConnections(links: readonly JsonObject[]): Set<string> {
  return new Set(links.map((link) => textOf(link['connection_id'])));
}
