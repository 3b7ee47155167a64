import { HttpError, type SourceContext, SourceError, type TestStep } from '@painchain/connector-sdk';
import {
  Trial,
  encryptionStep,
  failedStep,
  isNotTheApi,
  limitStep,
  notTheApi,
  webhooksStep,
} from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { isFineGrained } from './api/forbidden.js';
import type { GitLabConnection } from './api/open-gitlab.js';
import type { GitLabConfig } from './config.js';
import { Integration } from './integration.js';
import { projectsOf } from './project/projects.js';
import { type Token, readToken, renewal } from './token.js';

type Place = Pick<SourceContext, 'http' | 'now' | 'signal' | 'sleep'>;

const User = z.object({ username: z.string() });
const enough = ['read_api', 'api'];

const checkAddress = 'Check `base_url`: it must lead to GitLab, with the sub-path that it lives under.';

async function whoAmI(gitlab: GitLabConnection, signal: AbortSignal): Promise<TestStep> {
  const name = `The token at ${gitlab.host}`;
  try {
    const reading = await gitlab.get('/user', { signal });
    const { data } = User.safeParse(reading.unchanged ? undefined : reading.json);
    if (!data) return notTheApi(name, 'GitLab', gitlab.baseUrl, checkAddress);
    return { name, ok: true, detail: `It belongs to ${data.username}.` };
  } catch (error) {
    // What it may read is tried project by project.
    if (error instanceof SourceError && error.cause instanceof HttpError && isFineGrained(error.cause)) {
      return { name, ok: true, detail: 'It is fine-grained, and may not say whose it is.' };
    }
    return isNotTheApi(error)
      ? notTheApi(name, 'GitLab', gitlab.baseUrl, checkAddress)
      : failedStep(name, error);
  }
}

/** How long it lasts, and what to do when that is not long. */
function expiryStep(token: Token): TestStep {
  const name = 'The token’s expiry';
  if (token.expiresOn === undefined) return { name, ok: true, detail: 'It does not expire.' };
  return { name, ok: true, detail: `It expires on ${token.expiresOn}.`, remedy: renewal(token) };
}

function scopesStep({ scopes }: Token): TestStep {
  const name = 'The token’s scopes';
  if (scopes.includes('granular'))
    return { name, ok: true, detail: 'It is fine-grained: see what it may read.' };
  const detail = `It has ${scopes.length === 0 ? 'no scope' : scopes.join(', ')}.`;
  if (scopes.some((scope) => enough.includes(scope))) return { name, ok: true, detail };
  return { name, ok: false, detail, remedy: 'Make a token with the scope read_api and put it in `token`.' };
}

async function tokenSteps(gitlab: GitLabConnection, signal: AbortSignal): Promise<TestStep[]> {
  try {
    const token = await readToken(gitlab, signal);
    return token ? [scopesStep(token), expiryStep(token)] : [];
  } catch (error) {
    return [failedStep('The token’s expiry', error)];
  }
}

/** Where GitLab is can't even be asked, such as by an authority that can't be read. */
function opened(config: GitLabConfig, place: Place): Integration | TestStep {
  try {
    return new Integration(config, place);
  } catch (error) {
    return failedStep('Certificate authority', error);
  }
}

/** Tries a configuration for a human: who we are, for how long, what is left of the limit, and what may be read. */
export async function testGitLab(config: GitLabConfig, place: Place): Promise<TestStep[]> {
  const integration = opened(config, place);
  if (!(integration instanceof Integration)) return [integration];
  const { gitlab } = integration;
  const who = await whoAmI(gitlab, place.signal);
  if (!who.ok) return [who];
  const trial = new Trial({ upstream: gitlab, vendor: projectsOf(gitlab), config }, place, {
    name: 'Projects',
    nothingMeant: 'Check `include` and `exclude`, and that the token’s user is a member.',
  });
  return [
    who,
    ...(await tokenSteps(gitlab, place.signal)),
    ...encryptionStep(config.base_url),
    ...limitStep(gitlab.limit()),
    ...(await trial.steps(await integration.meant())),
    ...webhooksStep(config.webhook),
  ];
}
