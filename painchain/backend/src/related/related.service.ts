import { Injectable } from '@nestjs/common';
import type { Related } from '@painchain/contract';
import { ConnectorTypesService } from '../connectors/types/connector-types.service.js';
import { decodeId } from '../database/opaque-id.js';
import { ProblemError } from '../problem/problem-error.js';
import { toRelated } from './chain.js';
import { gather } from './gather.js';
import { RelatedRepository } from './related.repository.js';
import { stagesBy } from './stage.js';

// After that nothing more is looked for.
const budgetMs = 500;

@Injectable()
export class RelatedService {
  constructor(
    private readonly events: RelatedRepository,
    private readonly types: ConnectorTypesService,
  ) {}

  /** What hangs together with an event. Throws `not-found`. */
  async related(tenantId: number, id: string): Promise<Related> {
    const seq = decodeId('evt', id);
    const gathered = seq === undefined ? undefined : await this.#gather(tenantId, seq);
    if (!gathered) throw new ProblemError('not-found', 'There is no event with this id, or no longer.');
    return toRelated(gathered, stagesBy(await this.types.list(tenantId)));
  }

  #gather(tenantId: number, seq: string) {
    return this.events.read(tenantId, async (reader) => {
      const until = performance.now() + budgetMs;
      const start = await reader.event(seq);
      return start && gather(reader, start, () => performance.now() > until);
    });
  }
}
