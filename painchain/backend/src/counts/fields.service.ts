import { Injectable } from '@nestjs/common';
import { type Fields, type FieldsQuery, type JsonValue } from '@painchain/contract';
import { printField } from '@painchain/query';
import { encodeId } from '../database/opaque-id.js';
import { asQuery } from '../query/as-query.js';
import { FieldsRepository } from './fields.repository.js';
import { microsOf } from './micros.js';
import { assertNotEmpty } from './range.js';
import { cappedOf } from './reading.js';
import { SampledFields } from './sampled-fields.js';

/** Which fields the newest events have, so that a query can be completed. */
@Injectable()
export class FieldsService {
  constructor(private readonly repository: FieldsRepository) {}

  async fields(tenantId: number, asked: FieldsQuery): Promise<Fields> {
    const { prefix = '', limit, from, to, ...filter } = asked;
    if (from !== undefined && to !== undefined) assertNotEmpty({ from: microsOf(from), to: microsOf(to) });
    const sample = await this.repository.sample(tenantId, asQuery(filter), { from, to });
    const wanted = plain(prefix);
    const sampled = new SampledFields(
      (name) => plain(name).startsWith(wanted),
      (path) => printField({ name: 'data', path }),
    );
    for (const { own, data } of sample.events) {
      sampled.addOwn(asTold(own));
      sampled.addData(data);
    }
    const capped = cappedOf(sample, undefined);
    return { fields: sampled.list().slice(0, limit), sampled: sample.events.length, capped };
  }
}

/** A name without its quotes, which whoever begins to type one need not have typed. */
function plain(name: string): string {
  return name.replaceAll(/["\\]/g, '').toLowerCase();
}

function asTold({ id, integration, ...own }: Record<string, JsonValue>): Record<string, JsonValue> {
  return {
    ...own,
    id: typeof id === 'string' ? encodeId('evt', id) : null,
    integration: typeof integration === 'string' ? encodeId('int', integration) : null,
  };
}
