import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  type Outcome,
  PretendServer,
  type PretendServerOptions,
  type Request,
} from '@painchain/connector-sdk/testing/pretend';
import { answer } from './endpoints/answer.js';
import { installationToken } from './endpoints/app.js';
import { Limits } from './limits.js';
import { cutPage } from './paging.js';
import type { Account, World } from './world/world.js';

function tokenOf({ headers }: IncomingMessage): string {
  return headers.authorization?.replace(/^(?:bearer|token)\s+/i, '') ?? '';
}

/** A GitHub behind a real socket: it answers what its world holds, as the REST API does. */
export class FakeGitHub extends PretendServer<World, Account> {
  readonly limits: Limits;

  private constructor(world: World, options: PretendServerOptions<Account>) {
    super(world, options);
    this.limits = new Limits(world);
  }

  static start(world: World, options: PretendServerOptions<Account> = {}): Promise<FakeGitHub> {
    return new FakeGitHub(world, options).listen();
  }

  protected accountOf(incoming: IncomingMessage): Account | undefined {
    return this.world.accountOf(tokenOf(incoming));
  }

  protected count(account: Account | undefined, status: number, isFault: boolean): boolean {
    const counted = account !== undefined && status !== 304 && status !== 429 && !isFault;
    if (counted && !this.limits.resting(account)) this.limits.count(account);
    return counted;
  }

  protected headers(account: Account | undefined): Record<string, string> {
    return {
      'x-github-media-type': 'github.v3; format=json',
      ...(account ? this.limits.headers(account) : {}),
    };
  }

  protected refused(status: number): Outcome {
    return { status, json: { message: status === 404 ? 'Not Found' : 'Server Error' } };
  }

  protected outcome({ incoming, url, path, account }: Request<Account>): Outcome {
    const token = tokenOf(incoming);
    const [, installation] = /^app\/installations\/(\d+)\/access_tokens$/.exec(path) ?? [];
    if (installation !== undefined && incoming.method === 'POST') {
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
    if (reply.kind === 'json') return fresh(incoming, token, reply.json);
    const { json, links } = cutPage(reply, url);
    return fresh(incoming, token, json, links.length > 0 ? { link: links.join(', ') } : {});
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
}

function refused(status: number, message: string): Outcome {
  return {
    status,
    json: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  };
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
