import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PretendWorld } from './world.js';

/** One request that reached a pretended upstream. */
export interface Asked<Account> {
  /** Path and query under the base URL. */
  target: string;
  account: Account | undefined;
  status: number;
  /** In milliseconds since 1970, by the upstream's clock. */
  at: number;
  /** Whether it was counted against the rate limit. */
  counted: boolean;
}

/**
 * What happens to a request instead of a plain answer: another status, an answer that ends in the middle, that comes
 * after a while, or never.
 */
export type UpstreamFault =
  { kind: 'status'; status: number } | { kind: 'truncated' } | { kind: 'slow'; ms: number } | { kind: 'cut' };

export interface PretendServerOptions<Account> {
  /** Where the API lies under the origin, such as `/api/v3`. */
  subPath?: string;
  port?: number;
  /** Asked for each request; undefined lets it pass. */
  fault?: (target: string, account: Account | undefined) => UpstreamFault | undefined;
  /** Hears of each request. */
  heard?: (asked: Asked<Account>) => void;
}

/** What is answered. */
export interface Outcome {
  status: number;
  json?: unknown;
  /** What is said instead of JSON. */
  text?: string;
  headers?: Record<string, string>;
}

/** What is asked, and by whom. */
export interface Request<Account> {
  incoming: IncomingMessage;
  /** The whole address. */
  url: URL;
  /** Path under the base URL, without the slash it begins with. */
  path: string;
  account: Account | undefined;
}

/** An upstream behind a real socket that answers what its world holds. */
export abstract class PretendServer<World extends PretendWorld, Account> {
  fault: PretendServerOptions<Account>['fault'];
  heard: PretendServerOptions<Account>['heard'];
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch(() => response.destroy());
  });

  protected constructor(
    readonly world: World,
    private readonly options: PretendServerOptions<Account>,
  ) {
    this.fault = options.fault;
    this.heard = options.heard;
  }

  protected abstract accountOf(incoming: IncomingMessage): Account | undefined;
  protected abstract outcome(request: Request<Account>): Outcome;
  /** What it says where nothing is, and where it fails itself. */
  protected abstract refused(status: number): Outcome;
  /** Counts a request against a limit, if it is one that counts. */
  protected abstract count(account: Account | undefined, status: number, isFault: boolean): boolean;
  /** Headers of every answer. */
  protected abstract headers(account: Account | undefined): Record<string, string>;

  async listen(): Promise<this> {
    this.#server.keepAliveTimeout = 60_000;
    this.#server.listen(this.options.port ?? 0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  /** What a connector takes as `base_url`. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${this.options.subPath ?? ''}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    for await (const _ of incoming);
    this.world.catchUp();
    const { url: asked = '' } = incoming;
    const { subPath = '' } = this.options;
    const account = this.accountOf(incoming);
    const target = asked.slice(subPath.length);
    const fault = this.fault?.(target, account);
    if (fault?.kind === 'cut') return void response.destroy();
    const outcome = this.#answer(incoming, account, fault);
    const counted = this.count(account, outcome.status, fault !== undefined);
    this.heard?.({ target, account, status: outcome.status, at: this.world.now(), counted });
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    this.#send(response, outcome, account, fault?.kind === 'truncated');
  }

  #answer(
    incoming: IncomingMessage,
    account: Account | undefined,
    fault: UpstreamFault | undefined,
  ): Outcome {
    if (fault?.kind === 'status') return this.refused(fault.status);
    const { url: asked = '' } = incoming;
    const { subPath = '' } = this.options;
    if (!asked.startsWith(`${subPath}/`)) return this.refused(404);
    const url = new URL(`${this.url}${asked.slice(subPath.length)}`);
    return this.outcome({ incoming, url, path: url.pathname.slice(subPath.length + 1), account });
  }

  #send(response: ServerResponse, outcome: Outcome, account: Account | undefined, truncated: boolean): void {
    const headers = {
      date: new Date(this.world.now()).toUTCString(),
      'content-type': 'application/json; charset=utf-8',
      ...this.headers(account),
      ...outcome.headers,
    };
    if (outcome.status === 304) return void response.writeHead(304, headers).end();
    const body = Buffer.from(outcome.text ?? JSON.stringify(outcome.json));
    response.writeHead(outcome.status, { ...headers, 'content-length': String(body.length) });
    if (!truncated) return void response.end(body);
    response.write(body.subarray(0, body.length >> 1));
    setImmediate(() => response.destroy());
  }
}
