import { type Reading, type SourceContext, SourceError, type TestStep } from '@painchain/connector-sdk';
import {
  type Refusal,
  type Watched,
  Whereabouts,
  eventsNotPermitted,
  missing,
} from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import type { GitHubConnection } from './api/open-github.js';
import type { EventKind, GitHubConfig } from './config.js';
import { Integration } from './integration.js';
import { repositoriesOf } from './repository/repositories.js';
import { access, isNothingToSee, isRefusal, rights } from './repository/rights.js';

const most = 20;
/** Whoever waits for an answer is not left waiting for twenty timeouts. */
const longestMs = 20_000;
const dayMs = 86_400_000;
const soonDays = 14;

type Place = Pick<SourceContext, 'http' | 'now' | 'signal' | 'sleep'>;
type Headers = Readonly<Record<string, string>>;

function failure(name: string, error: unknown): TestStep {
  if (!(error instanceof SourceError)) throw error;
  return { name, ok: false, detail: error.detail, remedy: error.remedy };
}

const Account = z.object({ login: z.string() });

/** When the token ends, and what to do when that is soon. GitHub says it as `2026-12-24 10:00:00 UTC`. */
function expiry(headers: Headers, now: number): { detail: string; remedy?: string } {
  const at = Date.parse(headers['github-authentication-token-expiration'] ?? '');
  if (Number.isNaN(at)) return { detail: '' };
  const days = Math.floor((at - now) / dayMs);
  const detail = ` It expires on ${new Date(at).toISOString().slice(0, 10)}.`;
  if (days >= soonDays) return { detail };
  const remedy = `The token ends in ${Math.max(days, 0)} days: make another one and put it in \`token\`.`;
  return { detail, remedy };
}

function readAccount(reading: Reading): { login: string; headers: Headers } | undefined {
  if (reading.unchanged) return undefined;
  const login = Account.safeParse(reading.json).data?.login;
  return login === undefined ? undefined : { login, headers: reading.headers };
}

/** Every API knows whose credential it is asked with; a server's pages for browsers don't. */
function notTheApi(name: string, baseUrl: string): TestStep {
  const remedy = 'Check `base_url`: on an Enterprise Server it ends in /api/v3.';
  return { name, ok: false, detail: `What answers at ${baseUrl} is not GitHub’s API.`, remedy };
}

async function whoAmI(
  github: GitHubConnection,
  config: GitHubConfig,
  signal: AbortSignal,
): Promise<TestStep> {
  const name = `The credential at ${github.host}`;
  try {
    if (config.app) {
      await github.get('/installation/repositories?per_page=1', { signal });
      const rights = Object.entries(github.rights() ?? {}).map(([what, right]) => `${what}: ${right}`);
      const may = rights.length > 0 ? `, which may: ${rights.join(', ')}` : '';
      const detail = `Installation ${config.app.installation} of the App ${config.app.id}${may}.`;
      return { name, ok: true, detail };
    }
    const account = readAccount(await github.get('/user', { signal }));
    if (!account) return { name, ok: true };
    const scopes = account.headers['x-oauth-scopes'];
    const may = scopes ? `, with the scopes ${scopes}` : '';
    const { detail, remedy } = expiry(account.headers, github.now());
    return { name, ok: true, detail: `A token of ${account.login}${may}.${detail}`, remedy };
  } catch (error) {
    const code = error instanceof SourceError ? error.code : '';
    // A token of an installation, such as Actions has, is nobody's: it may not ask who it is.
    if (code === 'permission-missing') {
      return { name, ok: true, detail: 'It is accepted, and belongs to no user.' };
    }
    return ['not-found', 'moved', 'answer-unreadable'].includes(code)
      ? notTheApi(name, github.baseUrl)
      : failure(name, error);
  }
}

function limitStep(github: GitHubConnection): TestStep[] {
  const limit = github.limit();
  if (!limit) return [];
  const until = new Date(limit.resetsAt).toISOString().slice(11, 16);
  const detail = `${limit.remaining} of ${limit.limit} requests are left until ${until} UTC.`;
  return [{ name: 'Rate limit', ok: limit.remaining > 0, detail }];
}

async function refusalOf(github: GitHubConnection, path: string, kind: EventKind, signal: AbortSignal) {
  const { probe } = access[kind];
  if (probe === undefined) return [];
  try {
    await github.get(`${path}${probe}`, { signal });
    return [];
  } catch (error) {
    if (isNothingToSee([kind], error)) return [];
    if (isRefusal(error)) return [{ kinds: [kind], error } satisfies Refusal<EventKind>];
    throw error;
  }
}

async function tryRepository(
  github: GitHubConnection,
  { fullName, id }: Watched,
  events: readonly EventKind[],
  signal: AbortSignal,
): Promise<TestStep> {
  const directory = repositoriesOf(github);
  try {
    const found = await new Whereabouts(github, directory, fullName, id).ask(undefined, signal);
    const path = `/repos/${found.fullName}`;
    const asked = events.map((kind) => refusalOf(github, path, kind, signal));
    const refusals = (await Promise.all(asked)).flat();
    if (refusals.length > 0) return failure(fullName, eventsNotPermitted(found.fullName, refusals, rights));
    const renamed =
      found.fullName.toLowerCase() === fullName.toLowerCase() ? '' : ` It is called ${found.fullName} now.`;
    const archived = found.archived ? ' It is archived, so nothing changes in it.' : '';
    return { name: fullName, ok: true, detail: `All that is configured can be read.${renamed}${archived}` };
  } catch (error) {
    const isMissing = error instanceof SourceError && error.code === 'repository-not-found';
    return failure(fullName, isMissing ? missing(directory, fullName, error) : error);
  }
}

/** A step for a credential that anybody on its way can read. */
function encryptionStep(baseUrl: string): TestStep[] {
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol === 'https:' || /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) return [];
  const detail = `The credential goes to ${hostname} unencrypted: whoever is on the way can read it.`;
  return [{ name: 'Encryption', ok: true, detail, remedy: 'Use https in `base_url`.' }];
}

const webhooks: TestStep = {
  name: 'Webhooks',
  ok: true,
  detail: 'Nothing takes them in: this connector sees everything by asking, with webhooks or without.',
  remedy: 'Set `webhook.enabled` to false and leave `polling` on.',
};

async function repositorySteps(
  integration: Integration,
  config: GitHubConfig,
  { now, signal }: Place,
): Promise<TestStep[]> {
  const began = now();
  const name = 'Repositories';
  const { watched, faults } = await integration.meant();
  const steps = faults.slice(0, most).map((fault) => failure(name, fault));
  if (watched.length === 0 && faults.length === 0) {
    const remedy = 'Check `include` and `exclude`, and that the credential was given access.';
    return [{ name, ok: false, detail: 'No repository is meant by this configuration.', remedy }];
  }
  let tried = 0;
  for (const one of watched.slice(0, most)) {
    if (now() - began > longestMs) break;
    steps.push(await tryRepository(integration.github, one, config.events, signal));
    tried += 1;
  }
  const more = watched.length - tried;
  if (more > 0) steps.push({ name, ok: true, detail: `${more} more are watched and were not tried.` });
  return steps;
}

/** Tries a configuration for a human: who we are, what is left of the limit, and what may be read where. */
export async function testGitHub(config: GitHubConfig, place: Place): Promise<TestStep[]> {
  const integration = new Integration(config, place);
  const { github } = integration;
  const who = await whoAmI(github, config, place.signal);
  if (!who.ok) return [who];
  const repositories = await repositorySteps(integration, config, place);
  return [
    who,
    ...encryptionStep(config.base_url),
    ...limitStep(github),
    ...repositories,
    ...(config.webhook.enabled ? [webhooks] : []),
  ];
}
