import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestDatabase, type TestDatabase } from '../../database/testing/test-database.js';
import { EventsModule } from '../../events/events.module.js';
import { createTestApp } from '../../timeline/testing/test-app.js';
import { CountsModule } from '../counts.module.js';

/** What time it is. */
export const now = '2026-03-02T12:00:00.000Z';

/** A backend that takes and counts events, on a database of its own, and a client of it. */
export class CountsClient {
  private constructor(
    readonly test: TestDatabase,
    private readonly app: NestFastifyApplication,
  ) {}

  static async start(): Promise<CountsClient> {
    const test = await createTestDatabase();
    const clock = { now: () => new Date(now) };
    return new CountsClient(
      test,
      await createTestApp(test.database, [CountsModule, EventsModule], { clock }),
    );
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.test.drop();
  }

  /** Forgets all events. */
  async empty(): Promise<void> {
    await this.test.asOwner(
      'truncate events, event_refs, event_tail, event_words, event_days, event_slots, projects',
    );
  }

  /** Stores events; what is not said of them is always the same. */
  async send(events: object[], tenantId = 1): Promise<void> {
    const rest = {
      title: 'Something',
      connector: 'ci',
      project: 'acme/api',
      data: {},
      timestamp: '2026-03-02T06:30:00Z',
    };
    const answer = await this.app.inject({
      method: 'POST',
      url: '/api/events',
      headers: { 'x-test-tenant': String(tenantId) },
      payload: { events: events.map((event, n) => ({ ...rest, key: `key-${n}`, ...event })) },
    });
    if (answer.statusCode !== 200) throw new Error(`the events were answered with ${answer.body}`);
  }

  async ask(path: string, tenantId = 1): Promise<{ status: number; body: string }> {
    const headers = { 'x-test-tenant': String(tenantId) };
    const { statusCode, body } = await this.app.inject({ url: `/api/timeline/${path}`, headers });
    return { status: statusCode, body };
  }

  async get<Answer>(path: string, tenantId = 1): Promise<Answer> {
    const { status, body } = await this.ask(path, tenantId);
    if (status !== 200) throw new Error(`${path} was answered with ${body}`);
    return JSON.parse(body) as Answer;
  }
}
