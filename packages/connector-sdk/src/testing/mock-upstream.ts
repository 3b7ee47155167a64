import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an upstream answers. Without `status` it is 200; `json` and `text` exclude each other. */
export interface MockAnswer {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
}

export interface MockRequest {
  method: string;
  /** Path and query, as they came. */
  target: string;
  headers: IncomingMessage['headers'];
  body: string;
}

interface Expectation {
  method: string;
  target: string;
  answer: MockAnswer | ((request: MockRequest) => MockAnswer);
}

/**
 * A strict upstream behind a real socket: it answers what it was told to expect, each expectation once and in
 * any order. Anything else is answered with 501 and makes `verify` fail, as does what was expected and never came.
 */
export class MockUpstream {
  readonly requests: MockRequest[] = [];
  readonly #unexpected: string[] = [];
  #expected: Expectation[] = [];
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });

  static async start(): Promise<MockUpstream> {
    const upstream = new MockUpstream();
    upstream.#server.listen(0, '127.0.0.1');
    await once(upstream.#server, 'listening');
    return upstream;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Expects one request, by its exact method, path and query. */
  expect(method: string, target: string, answer: Expectation['answer']): this {
    this.#expected.push({ method, target, answer });
    return this;
  }

  /** @throws when a request came that was not expected, or one that was expected didn't. */
  verify(): void {
    const missing = this.#expected.map(({ method, target }) => `never came: ${method} ${target}`);
    const faults = [...this.#unexpected.map((what) => `not expected: ${what}`), ...missing];
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  /** Stops and verifies. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
    this.verify();
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const { method = '', url: target = '', headers } = incoming;
    const request = { method, target, headers, body: Buffer.concat(parts).toString('utf8') };
    this.requests.push(request);
    const found = this.#expected.find((one) => one.method === method && one.target === target);
    if (!found) {
      this.#unexpected.push(`${method} ${target}`);
      response.writeHead(501).end();
      return;
    }
    this.#expected = this.#expected.filter((one) => one !== found);
    const answer = typeof found.answer === 'function' ? found.answer(request) : found.answer;
    const json = answer.json === undefined ? {} : { 'content-type': 'application/json' };
    response.writeHead(answer.status ?? 200, { ...json, ...answer.headers });
    response.end(answer.json === undefined ? (answer.text ?? '') : JSON.stringify(answer.json));
  }
}
