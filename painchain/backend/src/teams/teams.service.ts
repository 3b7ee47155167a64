import { Injectable } from '@nestjs/common';
import { limits, type NewTeam, type Team, type TeamList } from '@painchain/contract';
import { decodeId } from '../database/opaque-id.js';
import { type OwnEvent, OwnEventsService } from '../events/own-events.service.js';
import { ProblemError } from '../problem/problem-error.js';
import { teamCreated, teamDeleted, teamUpdated } from './team-events.js';
import { type TeamRows, TeamsRepository } from './teams.repository.js';

@Injectable()
export class TeamsService {
  constructor(
    private readonly teams: TeamsRepository,
    private readonly ownEvents: OwnEventsService,
  ) {}

  async list(tenantId: number): Promise<TeamList> {
    return { teams: await this.teams.list(tenantId) };
  }

  /** Throws `conflict` for a name that is taken, and when there are too many. */
  create(tenantId: number, given: NewTeam): Promise<Team> {
    return this.change(tenantId, async (rows) => {
      if ((await rows.count()) >= limits.teams) throw tooMany();
      if (await rows.isTaken(given.name)) throw nameTaken(given.name);
      const team = await rows.insert(withTidyTags(given));
      return { result: team, event: teamCreated(team) };
    });
  }

  /** Throws `not-found`, and `conflict` for a name that is taken. */
  replace(tenantId: number, id: string, given: NewTeam): Promise<Team> {
    const known = rowId(id);
    return this.change(tenantId, async (rows) => {
      const before = await rows.find(known);
      if (!before) throw noSuchTeam();
      if (await rows.isTaken(given.name, known)) throw nameTaken(given.name);
      const team = await rows.update(known, withTidyTags(given));
      return { result: team, event: teamUpdated(before, team) };
    });
  }

  /** Throws `not-found`. */
  remove(tenantId: number, id: string): Promise<void> {
    const known = rowId(id);
    return this.change(tenantId, async (rows) => {
      const before = await rows.find(known);
      if (!before) throw noSuchTeam();
      await rows.remove(known);
      return { result: undefined, event: teamDeleted(before) };
    });
  }

  private change<T>(
    tenantId: number,
    work: (rows: TeamRows) => Promise<{ result: T; event: OwnEvent | undefined }>,
  ): Promise<T> {
    return this.ownEvents.telling(tenantId, (tell) =>
      this.teams.change(tenantId, async (rows, sql) => {
        const { result, event } = await work(rows);
        if (event) await tell(sql, event);
        return result;
      }),
    );
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
