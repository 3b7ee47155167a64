import { type Reading, type SourceContext, SourceError, type TestStep } from '@painchain/connector-sdk';
import {
  Trial,
  encryptionStep,
  failedStep,
  inDays,
  isNotTheApi,
  limitStep,
  notTheApi,
  webhooksStep,
} from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import type { GitHubConnection } from './api/open-github.js';
import type { GitHubConfig } from './config.js';
import { Integration } from './integration.js';
import { repositoriesOf } from './repository/repositories.js';

const dayMs = 86_400_000;
const soonDays = 14;

type Place = Pick<SourceContext, 'http' | 'now' | 'signal' | 'sleep'>;
type Headers = Readonly<Record<string, string>>;

const Account = z.object({ login: z.string() });

/** When the token ends, and what to do when that is soon. GitHub says it as `2026-12-24 10:00:00 UTC`. */
function expiry(headers: Headers, now: number): { detail: string; remedy?: string } {
  const at = Date.parse(headers['github-authentication-token-expiration'] ?? '');
  if (Number.isNaN(at)) return { detail: '' };
  const days = Math.floor((at - now) / dayMs);
  const detail = ` It expires on ${new Date(at).toISOString().slice(0, 10)}.`;
  if (days >= soonDays) return { detail };
  const remedy = `The token ends ${inDays(days)}: make another one and put it in \`token\`.`;
  return { detail, remedy };
}

function readAccount(reading: Reading): { login: string; headers: Headers } | undefined {
  if (reading.unchanged) return undefined;
  const login = Account.safeParse(reading.json).data?.login;
  return login === undefined ? undefined : { login, headers: reading.headers };
}

const checkAddress = 'Check `base_url`: on an Enterprise Server it ends in /api/v3.';

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
    // A token of an installation, such as Actions has, is nobody's: it may not ask who it is.
    if (error instanceof SourceError && error.code === 'permission-missing') {
      return { name, ok: true, detail: 'It is accepted, and belongs to no user.' };
    }
    return isNotTheApi(error)
      ? notTheApi(name, 'GitHub', github.baseUrl, checkAddress)
      : failedStep(name, error);
  }
}

/** Tries a configuration for a human: who we are, what is left of the limit, and what may be read where. */
export async function testGitHub(config: GitHubConfig, place: Place): Promise<TestStep[]> {
  const integration = new Integration(config, place);
  const { github } = integration;
  const who = await whoAmI(github, config, place.signal);
  if (!who.ok) return [who];
  const trial = new Trial({ upstream: github, vendor: repositoriesOf(github), config }, place, {
    name: 'Repositories',
    nothingMeant: 'Check `include` and `exclude`, and that the credential was given access.',
  });
  const repositories = await trial.steps(await integration.meant());
  return [
    who,
    ...encryptionStep(config.base_url),
    ...limitStep(github.limit()),
    ...repositories,
    ...webhooksStep(config.webhook),
  ];
}
