import type { BatchAnswer, StoredEvent } from '@painchain/contract';
import { type TestApp, startTestApp } from '../../http/testing/test-app.js';

export interface Answer {
  status: number;
  body: unknown;
}

/** The whole backend, and one that sends it CloudEvents. */
export class CloudEventsSender {
  readonly address: string;

  private constructor(readonly app: TestApp) {
    this.address = `${app.url}/api/events`;
  }

  static async start(): Promise<CloudEventsSender> {
    return new CloudEventsSender(await startTestApp({ PAINCHAIN_LOG_LEVEL: 'error' }));
  }

  async post(headers: Record<string, string>, body?: string | Uint8Array<ArrayBuffer>): Promise<Answer> {
    const answer = await fetch(this.address, {
      method: 'POST',
      headers,
      ...(body !== undefined && { body }),
    });
    return { status: answer.status, body: await answer.json() };
  }

  async postBatch(events: unknown[]): Promise<BatchAnswer> {
    const headers = { 'content-type': 'application/cloudevents-batch+json' };
    const { status, body } = await this.post(headers, JSON.stringify(events));
    if (status !== 200) throw new Error(`the batch was answered with ${status}: ${JSON.stringify(body)}`);
    return body as BatchAnswer;
  }

  async read(id: string | undefined): Promise<StoredEvent> {
    return (await (await fetch(`${this.address}/${id}`)).json()) as StoredEvent;
  }

  async empty(): Promise<void> {
    await this.app.test.asOwner('truncate events, rejected_events');
  }
}
