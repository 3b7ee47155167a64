import {
  Finder,
  type Reading,
  type SourceContext,
  SourceError,
  type Upstream,
  leadsElsewhere,
  openUpstream,
} from '@painchain/connector-sdk';
import type { GitHubConfig } from '../config.js';
import { AppCredential, type Credential, tokenCredential } from './credential.js';
import type { GitHub } from './github.js';
import { hostOf } from './host.js';
import { limitOf, restAfter } from './limits.js';
import { explainRefusal } from './refusals.js';

/** A GitHub that also says how much may still be asked, and by what right. */
export interface GitHubConnection
  extends GitHub, Pick<Upstream, 'limit' | 'pace'>, Pick<Credential, 'rights'> {
  /** Under which everything is asked. */
  readonly baseUrl: string;
}

type Ask = Parameters<GitHub['get']>;

/** GitHub asks for no more than 100 requests at a time from all of a user's programs. */
const concurrency = 6;
/** And for no more than 900 a minute, where one that is answered with 304 counts, too. */
const perMinute = 800;

const common = {
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
} as const;

/** Nothing that is asked for can be had with these. */
const credentialFaults = [
  'credential-refused',
  'credential-suspended',
  'app-refused',
  'app-key-unreadable',
  'installation-missing',
];

/** Where one thing can't be read, while others can. */
const nothingThere = [
  'not-found',
  'gone',
  'permission-missing',
  'not-available',
  'repository-blocked',
  'repository-empty',
  'unanswerable',
];

function isFault(error: unknown, codes: readonly string[]): error is SourceError {
  return error instanceof SourceError && codes.includes(error.code);
}

/** Whether nothing at all can be asked for with a credential until somebody mends it. */
export function isCredentialFault(error: unknown): boolean {
  return isFault(error, credentialFaults);
}

class Connection implements GitHubConnection {
  readonly host: string;
  readonly baseUrl: string;
  readonly #upstream: Upstream;
  readonly #credential: Credential;
  /** Refusals after which the credential is another one. */
  readonly #renewed = new WeakSet<SourceError>();
  readonly #finder = new Finder((target, question) => this.get(target, question), {
    nothingThere,
    failing: 'github-failing',
  });

  constructor({ token, app, base_url: baseUrl }: GitHubConfig, context: Pick<SourceContext, 'http' | 'now'>) {
    this.host = hostOf(baseUrl);
    this.baseUrl = baseUrl;
    const http = context.http({ baseUrl });
    const now = () => context.now();
    const credential = app
      ? new AppCredential(app, { http, headers: common, now })
      : tokenCredential(token ?? '');
    this.#credential = credential;
    this.#upstream = openUpstream({
      http,
      now,
      concurrency,
      perMinute,
      headers: async (signal) => ({ ...common, authorization: await credential.authorization(signal) }),
      rules: {
        limit: limitOf,
        rest: restAfter,
        explain: (failure, at) => leadsElsewhere(failure, baseUrl) ?? explainRefusal(failure, at),
        credentialRefused: (error) => this.#isLost(error),
      },
    });
  }

  now(): number {
    return this.#upstream.now();
  }

  limit() {
    return this.#upstream.limit();
  }

  pace(): number {
    return this.#upstream.pace();
  }

  rights() {
    return this.#credential.rights();
  }

  async get(...[target, question = {}]: Ask): Promise<Reading> {
    try {
      return await this.#upstream.get(target, question);
    } catch (error) {
      if (!(error instanceof SourceError) || !this.#renewed.has(error)) throw error;
      return this.#upstream.get(target, question);
    }
  }

  find(...[target, question = {}]: Ask): Promise<Reading | undefined> {
    return this.#finder.find(target, question);
  }

  /** Whether a refusal leaves nothing to ask with. An installation's token may be revoked before its time. */
  #isLost(error: SourceError): boolean {
    if (!isFault(error, credentialFaults)) return false;
    if (error.code !== 'credential-refused' || !this.#credential.refused()) return true;
    this.#renewed.add(error);
    return false;
  }
}

/** Opens the way to GitHub for one integration: its credential, its limit and its clock. */
export function openGitHub(
  config: GitHubConfig,
  context: Pick<SourceContext, 'http' | 'now'>,
): GitHubConnection {
  return new Connection(config, context);
}
