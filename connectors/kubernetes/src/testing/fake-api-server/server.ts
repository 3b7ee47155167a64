import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@painchain/connector-sdk';
import { type Clock, systemClock } from '@painchain/connector-sdk/testing';
import { type Rights, forbidden } from './access.js';
import { type Answer, nowhere, refused } from './answer.js';
import { discovery } from './discovery.js';
import type { Fault } from './fault.js';
import { Lists } from './lists.js';
import { SelectorError, selectorOf } from './selectors.js';
import type { ServedKind } from './served-kinds.js';
import type { Store } from './store.js';
import { type Target, targetOf } from './target.js';
import { WatchStream } from './watch-stream.js';
import { ofOne } from './writes.js';

/** One request that reached the server. */
export interface Asked {
  /** Path and query. */
  path: string;
  /** What was asked for of which kind; undefined of what a server says of itself. */
  target: Target | undefined;
  token: string;
}

export interface FakeApiServerOptions {
  clock?: Clock;
  port?: number;
  version?: string;
  /** What is allowed by which token. Default: everything, by any or none. */
  tokens?: Record<string, Rights>;
  /** Between two bookmarks. Default: a minute, as servers have it. */
  bookmarkMs?: number;
  tls?: { key: string; cert: string };
  /** Asked for each request; undefined lets it pass. */
  fault?: (asked: Asked) => Fault | undefined;
  heard?: (asked: Asked) => void;
}

/** A Kubernetes API behind a real socket: it serves what its store holds, as an API server does. */
export class FakeApiServer {
  tokens: FakeApiServerOptions['tokens'];
  fault: FakeApiServerOptions['fault'];
  heard: FakeApiServerOptions['heard'];
  /** A version that is too old is told by the status, or within a stream that has begun. */
  expires: 'by status' | 'in stream' = 'by status';
  readonly #watches = new Set<WatchStream>();
  readonly #lists: Lists;
  readonly #clock: Clock;
  readonly #server: Server;

  private constructor(
    readonly store: Store,
    private readonly options: FakeApiServerOptions,
  ) {
    this.tokens = options.tokens;
    this.fault = options.fault;
    this.heard = options.heard;
    this.#lists = new Lists(store);
    this.#clock = options.clock ?? systemClock;
    const serve = (request: IncomingMessage, response: ServerResponse) => {
      this.#serve(request, response).catch(() => response.destroy());
    };
    this.#server = options.tls ? createTlsServer(options.tls, serve) : createServer(serve);
    this.#server.keepAliveTimeout = 60_000;
  }

  static async start(store: Store, options: FakeApiServerOptions = {}): Promise<FakeApiServer> {
    const fake = new FakeApiServer(store, options);
    fake.#server.listen(options.port ?? 0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `${this.options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  }

  /** Those that run. */
  get watches(): readonly WatchStream[] {
    for (const watch of this.#watches) if (watch.isOver) this.#watches.delete(watch);
    return [...this.#watches];
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const path = request.url ?? '/';
    const url = new URL(path, 'http://api');
    const target = targetOf(request.method ?? 'GET', url, this.store.kinds);
    const token = (request.headers.authorization ?? '').replace(/^bearer\s+/i, '');
    const asked = { path, target, token };
    this.heard?.(asked);
    const fault = this.fault?.(asked);
    if (fault?.kind === 'slammed') return void response.destroy();
    if (fault?.kind === 'silent') return;
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    const denied = broken(fault) ?? this.#denied(target, token);
    if (!denied && target?.verb === 'watch' && target.kind)
      return this.#watch(target, target.kind, url.searchParams, { response, fault });
    const by = { manager: url.searchParams.get('fieldManager') ?? managerOf(request) };
    const body = Buffer.concat(parts).toString();
    this.#send(response, denied ?? this.#answer(url, target, body, by), fault);
  }

  #denied(target: Target | undefined, token: string): Answer | undefined {
    if (!this.tokens) return undefined;
    const rights = this.tokens[token];
    if (!rights) return refused(401, 'Unauthorized');
    return target && forbidden(target, rights);
  }

  #answer(url: URL, target: Target | undefined, body: string, by: { manager: string }): Answer {
    const own = discovery(url.pathname, this.store.kinds, this.options.version ?? 'v1.30.4');
    if (own) return own;
    if (!target) return nowhere;
    if (!target.kind) return refused(404, 'the server could not find the requested resource');
    if (target.verb === 'list') return this.#lists.page(target.kind, target.namespace, url.searchParams);
    const given = body === '' ? {} : (JSON.parse(body) as JsonObject);
    return ofOne(this.store, target, target.kind, given, by);
  }

  #watch(
    target: Target,
    kind: ServedKind,
    query: URLSearchParams,
    { response, fault }: { response: ServerResponse; fault: Fault | undefined },
  ): void {
    const version = query.get('resourceVersion') ?? '';
    const since = version === '' || version === '0' ? undefined : Number(version);
    const isOld = since !== undefined && since < this.store.horizon;
    if (isOld && this.expires === 'by status') {
      const message = `too old resource version: ${since} (${this.store.horizon})`;
      return this.#send(response, refused(410, message), fault);
    }
    try {
      const options = {
        kind,
        namespace: target.namespace,
        selects: selectorOf(query),
        since,
        bookmarkMs:
          query.get('allowWatchBookmarks') === 'true' ? (this.options.bookmarkMs ?? 60_000) : undefined,
        timeoutSeconds: Number(query.get('timeoutSeconds') ?? 1_800 * (1 + this.#clock.random())),
      };
      const watch = new WatchStream(options, response, this.store, this.#clock);
      if (fault?.kind === 'dribbles') watch.dribble();
      if (fault?.kind === 'truncated') watch.cut();
      if (fault?.kind === 'empty') watch.close();
      this.#watches.add(watch);
    } catch (error) {
      if (!(error instanceof SelectorError)) throw error;
      this.#send(response, refused(400, error.message), fault);
    }
  }

  #send(response: ServerResponse, { status, headers, body }: Answer, fault: Fault | undefined): void {
    const isText = typeof body === 'string' && !body.startsWith('{');
    const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    response.writeHead(status, {
      date: new Date(this.#clock.now()).toUTCString(),
      'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json',
      'content-length': String(bytes.length),
      ...headers,
    });
    if (fault?.kind !== 'truncated') return void response.end(bytes);
    response.write(bytes.subarray(0, bytes.length >> 1));
    setImmediate(() => response.destroy());
  }
}

function broken(fault: Fault | undefined): Answer | undefined {
  if (fault?.kind !== 'status') return undefined;
  const { status, retryAfterSeconds } = fault;
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const message = status === 429 ? 'Too many requests, please try again later.' : 'It broke.';
  return refused(status, message, headers);
}

/** As the server calls whoever doesn't say: the program's name. */
function managerOf({ headers }: IncomingMessage): string {
  return (headers['user-agent'] ?? 'unknown').split('/')[0] ?? 'unknown';
}
