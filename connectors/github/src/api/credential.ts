import { type HttpClient, HttpError, SourceError, redactSecret } from '@painchain/connector-sdk';
import { z } from 'zod';
import { type App, appJwt } from './app-jwt.js';

/** What a credential is good for, as far as it says so by itself. */
export type Rights = Readonly<Record<string, string>>;

/** By what the connector is known to GitHub. */
export interface Credential {
  /** What stands behind `authorization:`. @throws SourceError or HttpError when it can't be had. */
  authorization(signal: AbortSignal | undefined): Promise<string>;
  /** Tells that it was refused. Returns whether asking again may help, since it can be renewed. */
  refused(): boolean;
  /** What an App was granted; undefined where that isn't known. */
  rights(): Rights | undefined;
}

/** A personal access token: what it is, it stays. */
export function tokenCredential(token: string): Credential {
  return {
    authorization: () => Promise.resolve(`Bearer ${token}`),
    refused: () => false,
    rights: () => undefined,
  };
}

const AccessToken = z.object({
  token: z.string().min(1),
  expires_at: z.iso.datetime({ offset: true }),
  permissions: z.record(z.string(), z.string()).optional(),
});

const renewBeforeMs = 5 * 60_000;
const brandNewMs = 60_000;
const doubts = 6;

interface Place {
  http: HttpClient;
  headers: Readonly<Record<string, string>>;
  /** Our clock, in milliseconds since 1970. */
  now(): number;
}

function appFault(code: string, detail: string, remedy: string, cause: unknown): SourceError {
  return new SourceError({ code, detail, remedy, kind: 'configuration', cause });
}

/** What only the exchange of an App's word for a token can mean; the rest means what it means everywhere. */
function explainExchange(error: unknown): unknown {
  if (!(error instanceof HttpError)) return error;
  if (error.status === 401) {
    return appFault(
      'app-refused',
      'GitHub does not know this App: its id and its private key do not belong together, or the key was deleted.',
      'Compare `app.id` with the App’s settings at GitHub, and make a new private key there if in doubt.',
      error,
    );
  }
  if (error.status === 404) {
    return appFault(
      'installation-missing',
      'The App has no installation of this number: it was uninstalled, or belongs to another App.',
      'Install the App for the owner of the repositories and put the number of that installation in `app.installation`.',
      error,
    );
  }
  return error;
}

/** An installation of a GitHub App: its tokens last an hour and are renewed in time, by one request at a time. */
export class AppCredential implements Credential {
  #token: z.infer<typeof AccessToken> | undefined;
  #renewedAt = 0;
  #doubted = 0;
  #renewing: Promise<string> | undefined;
  /** How far GitHub's clock is ahead of ours: a word from the future, or of yesterday, is refused. */
  #aheadMs = 0;
  /** Ways to forget the tokens that are still kept out of the logs; those that have run out are let go. */
  #forget: (() => void)[] = [];

  constructor(
    private readonly app: App,
    private readonly place: Place,
  ) {}

  async authorization(signal: AbortSignal | undefined): Promise<string> {
    const token = this.#token;
    if (token && Date.parse(token.expires_at) - renewBeforeMs > this.#now()) return `Bearer ${token.token}`;
    // Whoever comes meanwhile waits for the same one; whoever began it and gives up doesn't take it from the others.
    this.#renewing ??= this.#renew().finally(() => (this.#renewing = undefined));
    const renewed = await this.#renewing;
    signal?.throwIfAborted();
    return `Bearer ${renewed}`;
  }

  refused(): boolean {
    // A refusal right after a renewal may be about the token before: it is believed when it goes on.
    if (this.#token && this.place.now() - this.#renewedAt < brandNewMs) return this.#doubted++ < doubts;
    this.#token = undefined;
    return true;
  }

  rights(): Rights | undefined {
    return this.#token?.permissions;
  }

  #now(): number {
    return this.place.now() + this.#aheadMs;
  }

  async #renew(): Promise<string> {
    const answer = await this.#exchange()
      .catch((error: unknown) => {
        if (error instanceof HttpError && error.status === 401 && this.#learnTime(error))
          return this.#exchange();
        throw error;
      })
      .catch((error: unknown) => {
        throw explainExchange(error);
      });
    const read = AccessToken.safeParse(answer.json());
    if (!read.success) {
      throw new HttpError('invalid_answer', 'GitHub gave an installation token that can’t be read');
    }
    this.#token = read.data;
    this.#renewedAt = this.place.now();
    this.#doubted = 0;
    this.#forget.push(redactSecret(read.data.token));
    // The one before may still be under way.
    this.#forget.splice(0, this.#forget.length - 2).forEach((forget) => forget());
    return read.data.token;
  }

  async #exchange() {
    const { http, headers } = this.place;
    const jwt = await appJwt(this.app, this.#now());
    const path = `/app/installations/${this.app.installation}/access_tokens`;
    return http.request(path, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${jwt}` },
      json: {},
    });
  }

  /** Whether our clock explains a refusal: then it is set right. */
  #learnTime({ headers }: HttpError): boolean {
    const ahead = Date.parse(headers.date ?? '') - this.place.now();
    if (Number.isNaN(ahead) || Math.abs(ahead - this.#aheadMs) < 5_000) return false;
    this.#aheadMs = ahead;
    return true;
  }
}
