import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { BatchAnswer } from '@painchain/contract';
import { createTestDatabase, type TestDatabase } from '../../database/testing/test-database.js';
import { createTestApp } from '../../timeline/testing/test-app.js';
import { EventsModule } from '../events.module.js';

/** A whole event, told apart by its key. */
export const event = (key: string, more: object = {}) => ({
  title: `Event ${key}`,
  connector: 'ci',
  project: 'acme/api',
  timestamp: '2026-01-31T10:35:00Z',
  data: { n: 1 },
  key,
  ...more,
});

type Headers = Record<string, string>;

/** A backend that takes events, on a database of its own, and a client of it. */
export class IngestClient {
  private constructor(
    readonly test: TestDatabase,
    readonly app: NestFastifyApplication,
  ) {}

  static async start(): Promise<IngestClient> {
    const test = await createTestDatabase();
    return new IngestClient(test, await createTestApp(test.database, [EventsModule]));
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.test.drop();
  }

  /** Sends any body as JSON; a text is sent as it is. */
  async send(body: unknown, headers: Headers = {}): Promise<{ status: number; body: unknown }> {
    const answer = await this.app.inject({
      method: 'POST',
      url: '/api/events',
      headers: { 'content-type': 'application/json', ...headers },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: answer.statusCode, body: answer.json() };
  }

  async sendBatch(events: unknown[], headers?: Headers): Promise<BatchAnswer> {
    const { status, body } = await this.send({ events }, headers);
    if (status !== 200) throw new Error(`the batch was answered with ${status}: ${JSON.stringify(body)}`);
    return body as BatchAnswer;
  }

  async get<Answer>(url: string, headers: Headers = {}): Promise<Answer> {
    const answer = await this.app.inject({ url, headers });
    if (answer.statusCode !== 200) throw new Error(`${url} was answered with ${answer.statusCode}`);
    return answer.json<Answer>();
  }

  async counts(): Promise<unknown> {
    const [row] = await this.test.asOwner(
      `select (select count(*) from events)::int as events, (select count(*) from event_refs)::int as refs,
         (select count(*) from event_tail)::int as tail, (select count(*) from rejected_events)::int as rejected,
         (select coalesce(sum(event_count), 0) from projects)::int as counted`,
    );
    return row;
  }

  async empty(): Promise<void> {
    await this.test.asOwner(
      'truncate events, event_refs, event_tail, event_words, event_days, event_slots, projects, rejected_events',
    );
  }
}
