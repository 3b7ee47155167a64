import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { StreamQuery, type TimelinePage, TimelineQuery } from '@painchain/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asQuery } from '../query/as-query.js';
import { CurrentTenant, type Tenant } from '../tenants/current-tenant.js';
import { columnsOf } from './columns/column.js';
import { EventStream } from './event-stream.js';
import { LiveTailService } from './live-tail.service.js';
import { TimelineService } from './timeline.service.js';

@Controller('timeline')
export class TimelineController {
  constructor(
    private readonly timeline: TimelineService,
    private readonly liveTail: LiveTailService,
  ) {}

  @Get()
  page(
    @CurrentTenant() tenant: Tenant,
    @Query({ schema: TimelineQuery }) query: TimelineQuery,
  ): Promise<TimelinePage> {
    return this.timeline.page(tenant.id, query);
  }

  /** Never ends by itself; errors before its first byte are problems like any other. */
  @Get('stream')
  stream(
    @CurrentTenant() tenant: Tenant,
    @Query({ schema: StreamQuery }) { cursor, fields, ...filter }: StreamQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const query = asQuery(filter);
    const columns = columnsOf(fields);
    const last = request.headers['last-event-id'];
    const from = typeof last === 'string' && last !== '' ? last : cursor;
    if (request.method === 'HEAD') {
      void reply.type('text/event-stream; charset=utf-8').send();
      return;
    }
    this.liveTail.assertRoom();
    this.liveTail.subscribe(tenant.id, { query, columns, from, stream: new EventStream(reply) });
  }
}
