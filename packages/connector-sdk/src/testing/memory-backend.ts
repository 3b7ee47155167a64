import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ConnectorRegistration,
  EventBatch,
  Heartbeat,
  LeaseRequest,
  NewIntegration,
  problemType,
  problems,
} from '@painchain/contract';
import type { z } from 'zod';
import { MemoryStore, Refusal } from './memory-store.js';

/** One request that reached the backend. */
export interface Seen {
  path: string;
  body: unknown;
}

/**
 * What shall happen to a request instead of a plain answer. `cut`: it is carried out, then the connection is
 * cut, so that the client never hears of it. `drop`: cut before anything is done. `status`: refused with it.
 * `slow`: answered after so many milliseconds.
 */
export type Fault =
  | { kind: 'cut' }
  | { kind: 'drop' }
  | { kind: 'slow'; ms: number }
  | { kind: 'status'; status: number; headers?: Record<string, string> };

export interface MemoryBackendOptions {
  key?: string;
  now?: () => number;
  heartbeatSeconds?: number;
  /** Asked for each request, in order; undefined lets it pass. */
  fault?: (request: Seen) => Fault | undefined;
}

/** A backend in memory behind a real socket, true to the contract, with faults on demand. */
export class MemoryBackend {
  readonly requests: Seen[] = [];
  fault: (request: Seen) => Fault | undefined;
  key: string;
  readonly store: MemoryStore;
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });

  private constructor(private readonly options: MemoryBackendOptions) {
    this.store = new MemoryStore(options.now ?? Date.now);
    this.fault = options.fault ?? (() => undefined);
    this.key = options.key ?? 'pc_test_key';
  }

  static async start(options: MemoryBackendOptions = {}): Promise<MemoryBackend> {
    const backend = new MemoryBackend(options);
    backend.#server.listen(0, '127.0.0.1');
    await once(backend.#server, 'listening');
    return backend;
  }

  /** What a connector takes as PAINCHAIN_API_URL. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const path = (request.url ?? '').replace(/^\/api/, '');
    const body: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
    const seen = { path, body };
    this.requests.push(seen);
    const fault = this.fault(seen);
    if (fault?.kind === 'drop') return void response.destroy();
    if (fault?.kind === 'status') {
      return send(response, fault.status, { title: 'injected', status: fault.status }, fault.headers);
    }
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    const [status, answer] = this.#carryOut(path, body, request.headers.authorization);
    if (fault?.kind === 'cut') return void response.destroy();
    send(response, status, answer);
  }

  #carryOut(path: string, body: unknown, authorization: string | undefined): [number, object] {
    try {
      if (authorization !== `Bearer ${this.key}`) throw new Refusal('missing-key', 'give the connector key');
      return [200, this.#route(path, body)];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, title } = problems[error.code];
      return [status, { type: problemType(error.code), title, status, detail: error.message }];
    }
  }

  #route(path: string, body: unknown): object {
    const [, root, id = '', action] = path.split('/');
    if (path === '/connectors/register') {
      const { type, instance_id: instance } = read(ConnectorRegistration, body);
      const { id: connector_id } = this.store.register(type, instance);
      const heartbeat_seconds = this.options.heartbeatSeconds ?? 15;
      return { connector_id, heartbeat_seconds, lease_seconds: 60 };
    }
    if (root === 'connectors' && action === 'heartbeat')
      return this.store.heartbeat(id, read(Heartbeat, body));
    if (root === 'connectors' && action === 'leases') {
      return { leases: this.store.lease(id, read(LeaseRequest, body)) };
    }
    if (path === '/integrations') return { id: this.store.upsert(read(NewIntegration, body)).id };
    if (path === '/events') return this.store.store(read(EventBatch, body));
    throw new Refusal('not-found', 'no such route');
  }
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Refusal('invalid', parsed.error.message);
  return parsed.data;
}

function send(
  response: ServerResponse,
  status: number,
  answer: object,
  headers: Record<string, string> = {},
) {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(JSON.stringify(answer));
}
