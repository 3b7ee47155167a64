import { SourceError } from '@painchain/connector-sdk';
import githubAppJwt from 'universal-github-app-jwt';
import type { GitHubConfig } from '../config.js';

export type App = NonNullable<GitHubConfig['app']>;

/**
 * The word by which an App says who it is, good for a few minutes. It is dated half a minute back, for clocks that
 * differ; `now` is in milliseconds since 1970, by GitHub's clock.
 *
 * @throws SourceError when the key is none.
 */
export async function appJwt({ id, private_key: privateKey }: App, now: number): Promise<string> {
  try {
    const { token } = await githubAppJwt({ id, privateKey, now: Math.floor(now / 1000) });
    return token;
  } catch {
    // What was thrown may quote the key.
    throw new SourceError({
      code: 'app-key-unreadable',
      detail: 'The private key of the GitHub App can’t be read as one.',
      remedy:
        'Put the whole content of the .pem file that GitHub gave you into `app.private_key`, line breaks included.',
      kind: 'configuration',
    });
  }
}
