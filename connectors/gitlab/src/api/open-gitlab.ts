import { readFileSync } from 'node:fs';
import {
  Finder,
  type HttpClient,
  type Question,
  type Reading,
  type SourceContext,
  SourceError,
  type Upstream,
  leadsElsewhere,
  openUpstream,
} from '@painchain/connector-sdk';
import type { GitLabConfig } from '../config.js';
import type { GitLab } from './gitlab.js';
import { apiOf, hostOf } from './host.js';
import { limitOf, restAfter } from './limits.js';
import { explainRefusal } from './refusals.js';

/** A GitLab that also says how much may still be asked. */
export interface GitLabConnection extends GitLab, Pick<Upstream, 'limit' | 'pace'> {
  /** The API, under which everything is asked. */
  readonly baseUrl: string;
}

const concurrency = 6;
/**
 * gitlab.com lets a user ask 2,000 times a minute with all of its programs, and 400 times for a project's own
 * description, which is a small part of what is asked for each project.
 *
 * https://docs.gitlab.com/user/gitlab_com/#rate-limits-on-gitlabcom
 */
const perMinute = 1_500;

/** Nothing that is asked for can be had with these. */
const credentialFaults = [
  'credential-refused',
  'token-expired',
  'token-revoked',
  'credential-suspended',
  'terms-not-accepted',
  'ca-unreadable',
];

/** Where one thing can't be read, while others can. */
const nothingThere = ['not-found', 'gone', 'permission-missing', 'unanswerable'];

/** Whether nothing at all can be asked for with a credential until somebody mends it. */
export function isCredentialFault(error: unknown): boolean {
  return error instanceof SourceError && credentialFaults.includes(error.code);
}

function caUnreadable(detail: string, cause?: unknown): SourceError {
  return new SourceError({
    code: 'ca-unreadable',
    detail,
    remedy: 'Put the path of a PEM file there that this connector may read, or its content in `ca`.',
    kind: 'configuration',
    cause,
  });
}

function fileOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw caUnreadable('The file under `ca_file` can’t be read.', cause);
  }
}

/** The certificate authority of a server that has its own. @throws SourceError `ca-unreadable` */
function authorityOf({ ca, ca_file: file }: GitLabConfig): string | undefined {
  if (file === undefined) return ca;
  const authority = fileOf(file);
  if (authority.includes('-----BEGIN CERTIFICATE-----')) return authority;
  throw caUnreadable('The file under `ca_file` holds no certificate in PEM.');
}

class Connection implements GitLabConnection {
  readonly host: string;
  readonly baseUrl: string;
  readonly #upstream: Upstream;
  readonly #finder = new Finder((target, question) => this.get(target, question), {
    nothingThere,
    failing: 'gitlab-failing',
  });

  constructor(config: GitLabConfig, context: Pick<SourceContext, 'http' | 'now'>) {
    const baseUrl = apiOf(config.base_url);
    const ca = authorityOf(config);
    const http: HttpClient = context.http({ baseUrl, ...(ca !== undefined && { tls: { ca } }) });
    const headers = { accept: 'application/json', 'private-token': config.token };
    this.host = hostOf(config.base_url);
    this.baseUrl = baseUrl;
    this.#upstream = openUpstream({
      http,
      now: () => context.now(),
      concurrency,
      perMinute,
      // Not all of its answers tell of a limit; a server of one's own that tells of none mostly has none.
      isLimited: this.host === 'gitlab.com',
      headers: () => Promise.resolve(headers),
      rules: {
        limit: limitOf,
        rest: restAfter,
        explain: (failure, at) => leadsElsewhere(failure, baseUrl) ?? explainRefusal(failure, at),
        credentialRefused: isCredentialFault,
        unchangedCounts: true,
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

  get(target: string | URL, question: Question = {}): Promise<Reading> {
    return this.#upstream.get(target, question);
  }

  find(target: string | URL, question: Question = {}): Promise<Reading | undefined> {
    return this.#finder.find(target, question);
  }
}

/** Opens the way to GitLab for one integration: its credential, its limit and its clock. */
export function openGitLab(
  config: GitLabConfig,
  context: Pick<SourceContext, 'http' | 'now'>,
): GitLabConnection {
  return new Connection(config, context);
}
