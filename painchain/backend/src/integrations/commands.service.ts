import { Injectable } from '@nestjs/common';
import type { CommandView } from '@painchain/contract';
import { decodeId, encodeId } from '../database/opaque-id.js';
import { ProblemError } from '../problem/problem-error.js';
import { CommandsRepository, type Reachability } from './commands.repository.js';
import { noSuchIntegration, rowId } from './integrations.service.js';

/** What is asked of a connector: it hears of it with the answer to its next heartbeat. */
@Injectable()
export class CommandsService {
  constructor(private readonly commands: CommandsRepository) {}

  /** Throws `not-found`; `conflict` when it is paused; `no-connector` when nobody is there to do it. */
  async queue(tenantId: number, id: string, kind: CommandView['kind']): Promise<CommandView> {
    const integrationId = rowId(id);
    return this.commands.transaction(tenantId, async (sql) => {
      const found = await this.commands.reachability(sql, tenantId, integrationId);
      if (!found) throw noSuchIntegration();
      refuseUnreachable(found);
      await this.commands.expire(sql, tenantId, integrationId);
      const pending = await this.commands.pending(sql, tenantId, integrationId, kind);
      return toView(pending ?? (await this.commands.queue(sql, tenantId, integrationId, kind)));
    });
  }

  /** Throws `not-found`. */
  async find(tenantId: number, id: string, commandId: string): Promise<CommandView> {
    const [integrationId, command] = [decodeId('int', id), decodeId('cmd', commandId)];
    if (!integrationId || !command) throw noSuchCommand();
    return this.commands.transaction(tenantId, async (sql) => {
      await this.commands.expire(sql, tenantId, integrationId);
      const found = await this.commands.find(sql, tenantId, integrationId, command);
      if (!found) throw noSuchCommand();
      return toView(found);
    });
  }
}

function toView(command: CommandView): CommandView {
  return { ...command, id: encodeId('cmd', command.id) };
}

function noSuchCommand(): ProblemError {
  return new ProblemError('not-found', 'There is no such command of this integration.');
}

function refuseUnreachable({ type, enabled, reachable }: Reachability): void {
  if (!enabled) throw new ProblemError('conflict', 'This integration is paused. Enable it first.');
  if (reachable) return;
  throw new ProblemError(
    'no-connector',
    `No ${type} connector is running that could do it. Under npm start it starts within seconds, elsewhere start one; then ask again.`,
  );
}
