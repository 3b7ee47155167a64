import { Injectable } from '@nestjs/common';
import { limits, type NewTeam, type Team, type TeamList } from '@painchain/contract';
import { decodeId } from '../database/opaque-id.js';
import { ProblemError } from '../problem/problem-error.js';
import { TeamsRepository } from './teams.repository.js';

@Injectable()
export class TeamsService {
  constructor(private readonly teams: TeamsRepository) {}

  async list(tenantId: number): Promise<TeamList> {
    return { teams: await this.teams.list(tenantId) };
  }

  /** Throws `conflict` for a name that is taken, and when there are too many. */
  create(tenantId: number, given: NewTeam): Promise<Team> {
    return this.teams.change(tenantId, async (rows) => {
      if ((await rows.count()) >= limits.teams) throw tooMany();
      if (await rows.isTaken(given.name)) throw nameTaken(given.name);
      return rows.insert(withTidyTags(given));
    });
  }

  /** Throws `not-found`, and `conflict` for a name that is taken. */
  replace(tenantId: number, id: string, given: NewTeam): Promise<Team> {
    const known = rowId(id);
    return this.teams.change(tenantId, async (rows) => {
      if (!(await rows.has(known))) throw noSuchTeam();
      if (await rows.isTaken(given.name, known)) throw nameTaken(given.name);
      return rows.update(known, withTidyTags(given));
    });
  }

  /** Throws `not-found`. */
  async remove(tenantId: number, id: string): Promise<void> {
    if (!(await this.teams.remove(tenantId, rowId(id)))) throw noSuchTeam();
  }
}

function withTidyTags({ name, tags }: NewTeam): NewTeam {
  return { name, tags: [...new Set(tags)].sort() };
}

function rowId(id: string): string {
  const known = decodeId('team', id);
  if (known === undefined) throw noSuchTeam();
  return known;
}

function noSuchTeam(): ProblemError {
  return new ProblemError('not-found', 'There is no team with this id, or no longer.');
}

function nameTaken(name: string): ProblemError {
  return new ProblemError(
    'conflict',
    `There is already a team named "${name}". Choose another name, or change or remove that one.`,
  );
}

function tooMany(): ProblemError {
  return new ProblemError(
    'conflict',
    `There are ${limits.teams} teams already, which is the most. Remove some that nobody needs.`,
  );
}
