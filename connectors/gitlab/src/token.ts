import { SourceError } from '@painchain/connector-sdk';
import { inDays } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { type GitLabConnection, isCredentialFault } from './api/open-gitlab.js';

const Answer = z.object({
  name: z.string().nullish().catch(null),
  scopes: z.array(z.string()).nullish().catch(null),
  /** A day: the token ends as it begins, by UTC. */
  expires_at: z.iso.date().nullish().catch(null),
});

const dayMs = 86_400_000;
const soonDays = 14;
const askedEveryMs = 6 * 3_600_000;

/** What a token says of itself. */
export interface Token {
  scopes: readonly string[];
  /** `2026-12-01`; undefined where it doesn't end, or isn't said. */
  expiresOn: string | undefined;
  /** Whole days until then, 0 at least. */
  daysLeft: number;
}

/**
 * What a token says of itself; undefined where it can't: before GitLab 15.5, and for credentials that are no access
 * token.
 *
 * https://docs.gitlab.com/api/personal_access_tokens/#get-details-on-a-personal-access-token
 */
export async function readToken(gitlab: GitLabConnection, signal: AbortSignal): Promise<Token | undefined> {
  const reading = await gitlab.find('/personal_access_tokens/self', { signal });
  const { data } = Answer.safeParse(reading && !reading.unchanged ? reading.json : undefined);
  if (!data) return undefined;
  const expiresOn = data.expires_at ?? undefined;
  const leftMs = expiresOn === undefined ? Infinity : Date.parse(expiresOn) - gitlab.now();
  return { scopes: data.scopes ?? [], expiresOn, daysLeft: Math.max(0, Math.floor(leftMs / dayMs)) };
}

/** What to do about a token that ends soon; undefined where there is time. */
export function renewal({ daysLeft }: Token): string | undefined {
  if (daysLeft >= soonDays) return undefined;
  return `The token ends ${inDays(daysLeft)}: rotate it or make another one with the scope read_api, and put it in \`token\`.`;
}

/** Knows in time that the token of an integration will end, and that it has. */
export class TokenWatch {
  #token: Token | undefined;
  #askedAt = -Infinity;

  constructor(
    private readonly gitlab: GitLabConnection,
    private readonly signal: AbortSignal,
  ) {}

  /** What to show while everything goes on, once the token ends soon; and what it is refused by when it doesn't. */
  async warning(): Promise<SourceError | undefined> {
    const refusal = await this.#ask();
    if (refusal) return refusal;
    const remedy = this.#token && renewal(this.#token);
    if (remedy === undefined) return undefined;
    const detail = `The token expires on ${this.#token?.expiresOn}. Until then everything is told.`;
    return new SourceError({ code: 'token-expiring', detail, remedy, kind: 'configuration' });
  }

  get #isKnown(): boolean {
    // On its last day it may be over at any time.
    return this.#token?.daysLeft !== 0 && Math.abs(this.gitlab.now() - this.#askedAt) < askedEveryMs;
  }

  /** A token that can't say it now is asked again later: what else keeps it shows at each project. */
  async #ask(): Promise<SourceError | undefined> {
    if (this.#isKnown) return undefined;
    try {
      this.#token = await readToken(this.gitlab, this.signal);
      this.#askedAt = this.gitlab.now();
      return undefined;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      return isCredentialFault(error) ? error : undefined;
    }
  }
}
