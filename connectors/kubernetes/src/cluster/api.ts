import { createHash } from 'node:crypto';
import {
  type HttpClient,
  HttpError,
  type HttpResponse,
  type HttpStream,
  type HttpTls,
  ServerClock,
  type SourceContext,
} from '@painchain/connector-sdk';
import { type Connection, type Credential, Credentials } from './connection.js';
import { isRefused } from './faults.js';

export type Place = Pick<SourceContext, 'http' | 'now'>;

/** A page of 500 objects may be large; one that is larger than this is asked for in smaller ones. */
const largestAnswer = 32 * 1024 * 1024;
/** Lists that are read at a time: each of them is a page in memory. */
const listsAtATime = 4;
/** Each watch holds a connection of its own. */
const watchesAtATime = 4_096;
/** For the headers of an answer, and between two pieces of it. */
const patienceMs = 60_000;
/** For a whole page, with the time that it waits for others: slow lines are no fault. */
const pageMs = 5 * 60_000;

interface Clients {
  asks: HttpClient;
  watches: HttpClient;
}

function fingerprint(tls: HttpTls): string {
  const parts = Object.entries(tls).map(([name, value]) => [
    name,
    value === undefined ? null : String(value),
  ]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

/** One cluster's API over HTTP: the credential of the moment, and the server's clock. Speaks in HttpErrors. */
export class Api {
  readonly #credentials: Credentials;
  readonly #clock: ServerClock;
  #clients: (Clients & { of: string }) | undefined;
  #retired: Clients | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly place: Place,
  ) {
    this.#credentials = new Credentials(connection, place.now);
    this.#clock = new ServerClock(place.now);
  }

  get server(): string {
    return this.connection.server;
  }

  now(): number {
    return this.#clock.now();
  }

  /** What the certificate authority is, as far as one is given. */
  async authority(): Promise<string> {
    return String((await this.#credentials.get()).tls.ca ?? '');
  }

  /** Whether the server has to prove who it is. */
  async isVerified(): Promise<boolean> {
    return (await this.#credentials.get()).tls.rejectUnauthorized !== false;
  }

  get(path: string, signal: AbortSignal, accept = 'application/json'): Promise<HttpResponse> {
    return this.#with(signal, ({ asks }, headers) =>
      asks.request(path, { headers: { ...headers, accept }, signal }),
    );
  }

  /** @param idleMs for how long nothing may come */
  stream(
    path: string,
    { idleMs, accept }: { idleMs: number; accept: string },
    signal: AbortSignal,
  ): Promise<HttpStream> {
    return this.#with(signal, ({ watches }, headers) =>
      watches.stream(path, { headers: { ...headers, accept }, signal, idleMs }),
    );
  }

  async #with<Answer extends Pick<HttpResponse, 'headers'>>(
    signal: AbortSignal,
    ask: (clients: Clients, headers: Readonly<Record<string, string>>) => Promise<Answer>,
  ): Promise<Answer> {
    const once = async (credential: Credential) => {
      signal.throwIfAborted();
      const askedAt = this.place.now();
      const answer = await ask(this.#clientsFor(credential.tls), credential.headers);
      this.#clock.learn(answer.headers, askedAt, this.place.now());
      return answer;
    };
    const credential = await this.#credentials.get();
    try {
      return await once(credential);
    } catch (error) {
      if (!(error instanceof HttpError) || !isRefused(error)) throw error;
      await this.#credentials.refused(credential);
    }
    return once(await this.#credentials.get());
  }

  /** Another certificate needs other connections. What still watches by the old ones may end as it would. */
  #clientsFor(tls: HttpTls): Clients {
    const of = fingerprint(tls);
    if (this.#clients?.of === of) return this.#clients;
    const baseUrl = this.connection.server;
    const common = { baseUrl, tls, maxBytes: largestAnswer };
    const slowly = { timeoutMs: pageMs, headersTimeoutMs: patienceMs, bodyTimeoutMs: patienceMs };
    const retired = this.#retired;
    this.#retired = this.#clients;
    this.#clients = {
      of,
      asks: this.place.http({ ...common, ...slowly, connections: listsAtATime }),
      watches: this.place.http({ ...common, timeoutMs: 30_000, connections: watchesAtATime }),
    };
    void Promise.all([retired?.asks.close(), retired?.watches.close()]);
    return this.#clients;
  }
}
