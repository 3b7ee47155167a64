import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from './endpoints/answer.js';
import { installationToken } from './endpoints/app.js';
import { Limits } from './limits.js';
import { cutPage } from './paging.js';
import type { Account, World } from './world/world.js';

/** One request that reached GitHub. */
export interface Asked {
  /** Path and query under the base URL. */
  target: string;
  account: Account | undefined;
  status: number;
  /** In milliseconds since 1970, by GitHub's clock. */
  at: number;
  /** Whether it was counted against the hourly limit. */
  counted: boolean;
}

/**
 * What happens to a request instead of a plain answer: another status, an answer that ends in the middle, that comes
 * after a while, or never.
 */
export type Fault =
  { kind: 'status'; status: number } | { kind: 'truncated' } | { kind: 'slow'; ms: number } | { kind: 'cut' };

export interface FakeGitHubOptions {
  /** Where the API lies, as on an Enterprise Server: `/api/v3`. */
  subPath?: string;
  port?: number;
  /** Asked for each request; undefined lets it pass. */
  fault?: (target: string, account: Account | undefined) => Fault | undefined;
  /** Hears of each request. */
  heard?: (asked: Asked) => void;
}

interface Outcome {
  status: number;
  json?: unknown;
  headers?: Record<string, string>;
}

/** A GitHub behind a real socket: it answers what its world holds, as the REST API does. */
export class FakeGitHub {
  readonly limits: Limits;
  fault: FakeGitHubOptions['fault'];
  heard: FakeGitHubOptions['heard'];
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch(() => response.destroy());
  });

  private constructor(
    readonly world: World,
    private readonly options: FakeGitHubOptions,
  ) {
    this.limits = new Limits(world);
    this.fault = options.fault;
    this.heard = options.heard;
  }

  static async start(world: World, options: FakeGitHubOptions = {}): Promise<FakeGitHub> {
    const fake = new FakeGitHub(world, options);
    fake.#server.keepAliveTimeout = 60_000;
    fake.#server.listen(options.port ?? 0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
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

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for await (const _ of request);
    this.world.catchUp();
    const token = request.headers.authorization?.replace(/^(?:bearer|token)\s+/i, '') ?? '';
    const account = this.world.accountOf(token);
    const subPath = this.options.subPath ?? '';
    const target = (request.url ?? '').slice(subPath.length);
    const fault = this.fault?.(target, account);
    if (fault?.kind === 'cut') return void response.destroy();
    const isBelow = (request.url ?? '').startsWith(`${subPath}/`);
    const outcome = fault?.kind === 'status' ? broken(fault.status) : this.#outcome(request, account, token);
    const asked = isBelow ? outcome : { status: 404, json: { message: 'Not Found' } };
    const counted = account !== undefined && asked.status !== 304 && asked.status !== 429 && !fault;
    if (counted && !this.limits.resting(account)) this.limits.count(account);
    this.heard?.({ target, account, status: asked.status, at: this.world.now(), counted });
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    this.#send(response, asked, account, fault?.kind === 'truncated');
  }

  #outcome(request: IncomingMessage, account: Account | undefined, token: string): Outcome {
    const subPath = this.options.subPath ?? '';
    const url = new URL((request.url ?? '').slice(subPath.length) || '/', this.url);
    const path = url.pathname.slice(1);
    const [, installation] = /^app\/installations\/(\d+)\/access_tokens$/.exec(path) ?? [];
    if (installation !== undefined && request.method === 'POST') {
      const given = installationToken(this.world, Number(installation), token);
      return given ? { status: 201, json: given } : refused(401, 'A JSON web token could not be decoded');
    }
    if (!account) return refused(401, 'Bad credentials');
    if (path === 'rate_limit') return { status: 200, json: this.#rateLimit(account) };
    const limited = this.#limited(account);
    if (limited) return limited;
    const reply = answer(path, { world: this.world, account, api: this.url, query: url.searchParams });
    if (reply.kind === 'moved') {
      return {
        status: 301,
        json: { message: 'Moved Permanently', url: reply.to },
        headers: { location: reply.to },
      };
    }
    if (reply.kind === 'refused') return refused(reply.status, reply.message);
    if (reply.kind === 'json') return fresh(request, token, reply.json);
    const { json, links } = cutPage(reply, new URL(`${this.url}${url.pathname}${url.search}`));
    return fresh(request, token, json, links.length > 0 ? { link: links.join(', ') } : {});
  }

  #limited(account: Account): Outcome | undefined {
    const secondary = this.limits.resting(account);
    if (secondary) {
      const seconds = Math.ceil((secondary.until - this.world.now()) / 1_000);
      const message =
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
      const headers = secondary.retryAfter ? { 'retry-after': String(seconds) } : {};
      return { ...refused(secondary.status, message), headers };
    }
    if (!this.limits.isExhausted(account)) return undefined;
    return refused(403, `API rate limit exceeded for user ID ${account.id}.`);
  }

  #rateLimit(account: Account): object {
    const { used, resetsAt } = this.limits.window(account);
    const remaining = Math.max(0, account.limit - used);
    const core = { limit: account.limit, used, remaining, reset: Math.ceil(resetsAt / 1_000) };
    return { resources: { core }, rate: core };
  }

  #send(response: ServerResponse, outcome: Outcome, account: Account | undefined, truncated: boolean): void {
    const headers = {
      date: new Date(this.world.now()).toUTCString(),
      'content-type': 'application/json; charset=utf-8',
      'x-github-media-type': 'github.v3; format=json',
      ...(account ? this.limits.headers(account) : {}),
      ...outcome.headers,
    };
    if (outcome.status === 304) return void response.writeHead(304, headers).end();
    const body = Buffer.from(JSON.stringify(outcome.json));
    response.writeHead(outcome.status, { ...headers, 'content-length': String(body.length) });
    if (!truncated) return void response.end(body);
    response.write(body.subarray(0, body.length >> 1));
    setImmediate(() => response.destroy());
  }
}

function refused(status: number, message: string): Outcome {
  return {
    status,
    json: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  };
}

function broken(status: number): Outcome {
  return { status, json: { message: 'Server Error' } };
}

/** The answer, or that it is still the one which the asking token has: ETags are a token's own. */
function fresh(
  { url, headers: asked }: IncomingMessage,
  token: string,
  json: unknown,
  headers: Record<string, string> = {},
): Outcome {
  const said = `${token}\n${url}\n${JSON.stringify(json)}\n${headers.link ?? ''}`;
  const etag = `W/"${createHash('sha256').update(said).digest('hex')}"`;
  const known = (asked['if-none-match'] ?? '').split(/,\s*/).includes(etag);
  return { status: known ? 304 : 200, ...(known ? {} : { json }), headers: { ...headers, etag } };
}
