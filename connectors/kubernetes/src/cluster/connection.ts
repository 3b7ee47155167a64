import { type HttpTls, redactSecret } from '@painchain/connector-sdk';

/** What a request shows, and whom it trusts. */
export interface Credential {
  headers: Readonly<Record<string, string>>;
  tls: HttpTls;
}

/** The way to a cluster's API. */
export interface Connection {
  /** With its sub-path, where it has one. */
  server: string;
  /** As it is now: tokens are renewed, and plugins may take a while. */
  credential(): Promise<Credential>;
  /** The server has refused what it gave, or is not trusted by it: the next one is to be made from nothing that is kept. */
  forget?(): void;
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** For how long a credential is not asked for again. */
const freshMs = 30_000;

/**
 * Asks for a credential once for all who need it at the same time, so that thirty watches that begin start one plugin,
 * and keeps it for a moment.
 */
export class Credentials {
  #current: { asked: Promise<Credential>; until: number } | undefined;
  #secret = '';
  #forget: () => void = () => undefined;

  constructor(
    private readonly connection: Connection,
    private readonly now: () => number,
  ) {}

  get(): Promise<Credential> {
    if (this.#current && this.#current.until > this.now()) return this.#current.asked;
    const asked = this.#ask();
    const current = { asked, until: this.now() + freshMs };
    this.#current = current;
    asked.catch(() => {
      if (this.#current === current) this.#current = undefined;
    });
    return asked;
  }

  /** It is of no use any more: the next one is asked for anew, if nobody has done so yet. */
  async refused(credential: Credential): Promise<void> {
    const current = this.#current;
    if (current && (await current.asked) === credential && this.#current === current) {
      this.#current = undefined;
      this.connection.forget?.();
    }
  }

  async #ask(): Promise<Credential> {
    const credential = await this.connection.credential();
    const secret = credential.headers.authorization?.split(' ')[1] ?? '';
    if (secret !== this.#secret) {
      this.#forget();
      this.#forget = redactSecret(secret);
      this.#secret = secret;
    }
    return credential;
  }
}
