import { Injectable } from '@nestjs/common';
import type { CommandResult, Heartbeat, HeartbeatAnswer, HeldLease } from '@painchain/contract';
import { decodeId, encodeId } from '../database/opaque-id.js';
import type { Sql } from '../database/sql.js';
import { ProblemError } from '../problem/problem-error.js';
import { HeartbeatRepository, type IntegrationKey, type Speaker } from './heartbeat.repository.js';
import { LeaseClaimsRepository } from './lease-claims.repository.js';
import { SpellsRepository } from './spells.repository.js';

/** A connector lives: its leases go on, what it reports is kept, and it hears what to do. */
@Injectable()
export class HeartbeatService {
  constructor(
    private readonly heartbeats: HeartbeatRepository,
    private readonly claims: LeaseClaimsRepository,
    private readonly spells: SpellsRepository,
  ) {}

  /** Throws `not-found` for a connector that must register anew. */
  async beat(tenantId: number, connectorId: string, given: Heartbeat): Promise<HeartbeatAnswer> {
    const beat = { ...given, leases: lastOfEach(given.leases, ({ integration_id }) => integration_id) };
    return this.heartbeats.transaction(async (sql) => {
      const speaker = await this.speaker(sql, tenantId, connectorId);
      await this.heartbeats.touch(sql, speaker, beat.state);
      const held = await this.renew(sql, speaker, beat.leases);
      await this.finishCommands(sql, speaker, beat.command_results);
      if (beat.state === 'stopped') {
        await this.heartbeats.releaseAll(sql, speaker);
        return { leases: beat.leases.map((lease) => stateOf(lease, 'lost')), commands: [] };
      }
      return this.answer(sql, speaker, beat, held);
    });
  }

  /** Who speaks. Throws `not-found`. */
  async speaker(sql: Sql, tenantId: number, connectorId: string): Promise<Speaker> {
    const id = decodeId('con', connectorId);
    const found = id && (await this.heartbeats.find(sql, tenantId, id));
    if (!found) {
      throw new ProblemError('not-found', 'This connector is not known here: register it again.');
    }
    return found;
  }

  private async answer(
    sql: Sql,
    speaker: Speaker,
    beat: Heartbeat,
    held: Map<string, IntegrationKey>,
  ): Promise<HeartbeatAnswer> {
    const surplus = held.size > 0 && beat.state === 'running' ? await this.claims.surplus(sql, speaker) : [];
    const commands = held.size > 0 ? await this.heartbeats.takeCommands(sql, [...held.values()]) : [];
    return {
      leases: beat.leases.map((lease) => {
        const key = held.get(lease.integration_id);
        if (!key) return stateOf(lease, 'lost');
        return stateOf(lease, surplus.includes(key.id) ? 'give_back' : 'held');
      }),
      commands: commands.map(({ id, kind, integrationId }) => ({
        id: encodeId('cmd', id),
        kind,
        integration_id: encodeId('int', integrationId),
      })),
    };
  }

  private async renew(sql: Sql, speaker: Speaker, leases: HeldLease[]): Promise<Map<string, IntegrationKey>> {
    const reported = leases.flatMap(({ integration_id, epoch, trouble, drift = null }) => {
      const id = decodeId('int', integration_id);
      return id === undefined ? [] : [{ id, epoch, trouble, drift }];
    });
    if (reported.length === 0) return new Map();
    const renewed = await this.heartbeats.renew(sql, speaker, reported);
    const held = new Map(renewed.map((key) => [encodeId('int', key.id), key]));
    const reports = leases.flatMap(({ integration_id, sources: named, partial = false, trouble }) => {
      const integration = held.get(integration_id);
      if (!integration) return [];
      const sources = lastOfEach(named, ({ source }) => source);
      // Whoever has not found out yet what sources there are, or can't, has not dropped those that are known.
      const tellsOfAll = trouble === null && (sources.length > 0 || !partial);
      return [{ integration, sources, partial, tellsOfAll }];
    });
    if (reports.length > 0) {
      await this.heartbeats.reportSources(sql, reports);
      await this.spells.keep(sql, reports);
    }
    return held;
  }

  private async finishCommands(sql: Sql, speaker: Speaker, results: CommandResult[]): Promise<void> {
    const known = results.flatMap(({ command_id, ok, steps }) => {
      const id = decodeId('cmd', command_id);
      return id === undefined ? [] : [{ id, ok, steps }];
    });
    if (known.length > 0) await this.heartbeats.finishCommands(sql, speaker, known);
  }
}

type AnsweredLease = HeartbeatAnswer['leases'][number];

function stateOf({ integration_id }: HeldLease, state: AnsweredLease['state']): AnsweredLease {
  return { integration_id, state };
}

/** What is named twice counts once, as it was said last. */
function lastOfEach<T>(items: T[], nameOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [nameOf(item), item])).values()];
}
