import { Agent, type IncomingMessage, request } from 'node:http';

export interface Answer {
  status: number;
  /** From sending the first byte until the last one is here. */
  ms: number;
  text: string;
}

/** A client of the API: kept connections and nothing else, since what it costs counts against what it measures. */
export class Api {
  readonly #agent = new Agent({ keepAlive: true });

  constructor(readonly port: number) {}

  get(path: string): Promise<Answer> {
    return this.#send('GET', path);
  }

  /** The parsed answer. @throws when the answer is not a success. */
  async read<T>(path: string): Promise<T> {
    const { status, text } = await this.get(path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${text.slice(0, 500)}`);
    return JSON.parse(text) as T;
  }

  async post(path: string, body: Buffer): Promise<Answer> {
    const answer = await this.#send('POST', path, body);
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${answer.text.slice(0, 500)}`);
    return answer;
  }

  async delete(path: string): Promise<void> {
    const { status, text } = await this.#send('DELETE', path);
    if (status >= 300) throw new Error(`DELETE ${path}: ${status} ${text.slice(0, 500)}`);
  }

  /** An answer that goes on for ever. */
  open(path: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: this.port, path: `/api${path}`, agent: false }, resolve)
        .once('error', reject)
        .end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(method: string, path: string, body?: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const startedAt = performance.now();
      const headers = body && { 'content-type': 'application/json', 'content-length': body.length };
      request(
        { host: '127.0.0.1', port: this.port, path: `/api${path}`, method, headers, agent: this.#agent },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () => {
            const ms = performance.now() - startedAt;
            resolve({ status: response.statusCode ?? 0, ms, text: Buffer.concat(chunks).toString() });
          });
        },
      )
        .once('error', reject)
        .end(body);
    });
  }
}

/** A request's body. */
export const bodyOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
