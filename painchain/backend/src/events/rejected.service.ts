import { Injectable } from '@nestjs/common';
import type { EventAnswer, RejectedList } from '@painchain/contract';
import { decodeId, encodeId } from '../database/opaque-id.js';
import { ProblemError } from '../problem/problem-error.js';
import { decodeStrictJson } from '../strict-json/decode.js';
import { UnreadableJsonError } from '../strict-json/scan.js';
import { isCloudEvent, judgeCloudEvent } from './cloud-events.js';
import { EventsService } from './events.service.js';
import { judge } from './judge.js';
import { RejectedRepository } from './rejected.repository.js';

const newest = '9223372036854775807';
const pageSize = 50;
const shownCharacters = 8 * 1024;

/** Items that were refused for good: to look at, and to try again once their cause is mended. */
@Injectable()
export class RejectedService {
  constructor(
    private readonly rejected: RejectedRepository,
    private readonly events: EventsService,
  ) {}

  /** A page, newest first. The cursor is the id of the last item of the page before. */
  async list(tenantId: number, cursor?: string): Promise<RejectedList> {
    const before = cursor === undefined ? newest : decodeId('rej', cursor);
    if (before === undefined) {
      throw new ProblemError('invalid-cursor', 'Use next_cursor of an earlier page, or none to begin anew.');
    }
    const rows = await this.rejected.list(tenantId, before, pageSize + 1, shownCharacters);
    const page = rows.slice(0, pageSize).map((row) => ({
      ...row,
      id: encodeId('rej', row.id),
      integration_id: row.integration_id && encodeId('int', row.integration_id),
    }));
    return { rejected: page, next_cursor: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null };
  }

  /**
   * Takes the item as if it came now, and forgets it once its event is stored. Between the two nothing can be
   * lost: what is tried again after a crash is a duplicate.
   */
  async redrive(tenantId: number, id: string): Promise<EventAnswer> {
    const seq = decodeId('rej', id);
    const row = seq && (await this.rejected.find(tenantId, seq));
    if (!row)
      throw new ProblemError('not-found', 'There is no such rejected item; it may be redriven already.');
    const item = decode(row.event);
    const by = isCloudEvent(item) ? judgeCloudEvent : judge;
    const answer = await this.events.takeOne(tenantId, item, row.integration_id, by);
    await this.rejected.remove(tenantId, row.id);
    return answer;
  }
}

function decode(text: string): unknown {
  try {
    return decodeStrictJson(Buffer.from(text));
  } catch (error) {
    if (!(error instanceof UnreadableJsonError)) throw error;
    throw new ProblemError(
      'invalid',
      'Only the beginning of this item was kept: send it from its source again.',
    );
  }
}
