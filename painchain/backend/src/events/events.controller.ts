import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  type BatchAnswer,
  type EventAnswer,
  EventBatch,
  type EventPage,
  type StoredEvent,
  TimelineQuery,
} from '@painchain/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { missingKey } from '../connector-key/connector-key.guard.js';
import { ConnectorKey } from '../connector-key/connector-key.js';
import { ProblemError } from '../problem/problem-error.js';
import { toFieldFaults } from '../problem/validation.js';
import { storageFault } from '../strict-json/storage-fault.js';
import { CurrentTenant, type Tenant } from '../tenants/current-tenant.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { type CloudEventsRequest, readCloudEvents } from './cloud-events-http.js';
import { judgeCloudEvent } from './cloud-events.js';
import { EventsService } from './events.service.js';
import type { Judge } from './judge.js';

@Controller('events')
export class EventsController {
  constructor(
    private readonly events: EventsService,
    private readonly timeline: TimelineService,
    private readonly connectorKey: ConnectorKey,
  ) {}

  @Post()
  async take(
    @CurrentTenant() tenant: Tenant,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventAnswer | BatchAnswer> {
    const cloudEvents = readCloudEvents(request);
    if (cloudEvents) return this.#takeCloudEvents(tenant, cloudEvents, reply);
    if (!isBatch(body)) return this.#takeOne(tenant, body, reply);
    const batch = readBatch(body);
    if (batch.lease && !this.connectorKey.isValid(request)) throw missingKey();
    void reply.code(200);
    return this.events.takeBatch(tenant.id, batch);
  }

  @Get()
  list(
    @CurrentTenant() tenant: Tenant,
    @Query({ schema: TimelineQuery }) query: TimelineQuery,
  ): Promise<EventPage> {
    return this.timeline.fullPage(tenant.id, query);
  }

  @Get(':id')
  one(@CurrentTenant() tenant: Tenant, @Param('id') id: string): Promise<StoredEvent> {
    return this.timeline.event(tenant.id, id);
  }

  async #takeOne(tenant: Tenant, item: unknown, reply: FastifyReply, by?: Judge): Promise<EventAnswer> {
    const answer = await this.events.takeOne(tenant.id, item, null, by);
    void reply.code(answer.duplicate ? 200 : 201);
    return answer;
  }

  async #takeCloudEvents(
    tenant: Tenant,
    sent: CloudEventsRequest,
    reply: FastifyReply,
  ): Promise<EventAnswer | BatchAnswer> {
    if ('event' in sent) return this.#takeOne(tenant, sent.event, reply, judgeCloudEvent);
    void reply.code(200);
    return this.events.takeBatch(tenant.id, { events: sent.batch }, judgeCloudEvent);
  }
}

function isBatch(body: unknown): body is { events: unknown[] } {
  return typeof body === 'object' && body !== null && Array.isArray((body as { events?: unknown }).events);
}

/** The envelope must be whole; its events are judged one by one later. */
function readBatch(body: { events: unknown[] }): EventBatch {
  const fault = storageFault({ ...body, events: [] });
  if (fault) {
    throw new ProblemError('malformed-request', 'The batch holds something that can not be stored.', {
      errors: [{ pointer: fault.pointer, detail: fault.detail }],
    });
  }
  const parsed = EventBatch.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ProblemError('invalid', 'Correct the fields named in errors and send the batch again.', {
    errors: toFieldFaults(parsed.error.issues),
  });
}
