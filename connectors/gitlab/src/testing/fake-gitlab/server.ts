import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  type Outcome,
  PretendServer,
  type PretendServerOptions,
  type Request,
} from '@painchain/connector-sdk/testing/pretend';
import { answer } from './endpoints/answer.js';
import { Limits } from './limits.js';
import { cutPage } from './paging.js';
import type { Account, World } from './world/world.js';

function tokenOf({ headers }: IncomingMessage): string {
  const own = headers['private-token'];
  return typeof own === 'string' ? own : (headers.authorization?.replace(/^bearer\s+/i, '') ?? '');
}

/** What GitLab says to a token that was good once. */
const expired: Outcome = {
  status: 401,
  json: {
    error: 'invalid_token',
    error_description: 'Token is expired. You can either do re-authorization or token refresh.',
  },
};

const messages: Readonly<Record<number, string>> = {
  401: '401 Unauthorized',
  404: '404 Not Found',
  500: '500 Internal Server Error',
};

function refused(status: number): Outcome {
  return { status, json: { message: messages[status] ?? String(status) } };
}

/** The answer, or that it is still the same, for whoever asks: GitLab's ETags are weak. */
function fresh({ headers: asked }: IncomingMessage, json: unknown, headers: Record<string, string> = {}) {
  const hash = createHash('md5').update(JSON.stringify(json)).digest('hex');
  const etag = `W/"${hash}"`;
  const known = (asked['if-none-match'] ?? '').split(/,\s*/).includes(etag);
  return { status: known ? 304 : 200, ...(known ? {} : { json }), headers: { ...headers, etag } };
}

/** A GitLab behind a real socket: it answers what its world holds, as the REST API does. */
export class FakeGitLab extends PretendServer<World, Account> {
  readonly limits: Limits;

  private constructor(world: World, options: PretendServerOptions<Account>) {
    super(world, options);
    this.limits = new Limits(world);
  }

  static start(world: World, options: PretendServerOptions<Account> = {}): Promise<FakeGitLab> {
    return new FakeGitLab(world, options).listen();
  }

  protected accountOf(incoming: IncomingMessage): Account | undefined {
    return this.world.holderOf(tokenOf(incoming))?.account;
  }

  /** What is unchanged counts as much as what isn't. */
  protected count(account: Account | undefined, _: number, isFault: boolean): boolean {
    if (!account || isFault) return false;
    this.limits.count(account);
    return true;
  }

  protected headers(account: Account | undefined): Record<string, string> {
    return {
      'x-gitlab-meta': '{"correlation_id":"01KAMDJ3PXC4QKX3","version":"1"}',
      ...(account ? this.limits.headers(account) : {}),
    };
  }

  protected refused(status: number): Outcome {
    return refused(status);
  }

  protected outcome({ incoming, url, path }: Request<Account>): Outcome {
    const [, inside] = /^api\/v4\/(.*)$/.exec(path) ?? [];
    if (inside === undefined) return refused(404);
    const held = this.world.holderOf(tokenOf(incoming));
    if (!held) return refused(401);
    if (!held.works) return expired;
    const limited = this.#limited(held.account);
    if (limited) return limited;
    const { world } = this;
    const { account, token } = held;
    const ask = { world, account, token, api: `${this.url}/api/v4`, query: url.searchParams };
    const reply = answer(inside, ask);
    if (reply.kind === 'moved') {
      const json = { message: `This resource has been moved permanently to ${reply.to}` };
      return { status: 301, json, headers: { location: reply.to } };
    }
    if (reply.kind === 'refused') return { status: reply.status, json: reply.json };
    if (reply.kind === 'json') return fresh(incoming, reply.json);
    const { json, headers } = cutPage(reply, url, world.mostCounted);
    return fresh(incoming, json, headers);
  }

  /** In front of the API, so that what it says is no JSON of the API's. */
  #limited(account: Account): Outcome | undefined {
    const rest = this.limits.refusal(account);
    if (!rest) return undefined;
    const seconds = Math.max(1, Math.ceil((rest.until - this.world.now()) / 1_000));
    const retry: Record<string, string> = rest.retryAfter ? { 'retry-after': String(seconds) } : {};
    return { status: 429, text: 'Retry later\n', headers: { 'content-type': 'text/plain', ...retry } };
  }
}
