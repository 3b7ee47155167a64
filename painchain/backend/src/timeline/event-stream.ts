import type { StreamMessage } from '@painchain/contract';
import type { FastifyReply } from 'fastify';

// More than this unread means that the client does not keep up, and every further row would be memory of ours.
const unreadBytesMax = 1024 * 1024;
const retryMs = 1_000;
const lastWordsMs = 2_000;

/** Server-sent events on one answer. */
export class EventStream {
  readonly #raw: FastifyReply['raw'];

  constructor(reply: FastifyReply) {
    reply.hijack();
    this.#raw = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) this.#raw.setHeader(name, value);
    }
    this.#raw.setHeader('content-type', 'text/event-stream; charset=utf-8');
    this.#raw.setHeader('cache-control', 'no-store');
    this.#raw.setHeader('x-accel-buffering', 'no');
    // A connection that lives on after its stream would keep a stopping process waiting.
    this.#raw.setHeader('connection', 'close');
    this.#raw.writeHead(200);
    this.#raw.on('error', () => this.#raw.destroy());
    this.#raw.write(`retry: ${retryMs}\n\n`);
  }

  get isBehind(): boolean {
    return this.#raw.writableLength > unreadBytesMax;
  }

  /** `id` is what the client sends back as Last-Event-ID. */
  send(message: StreamMessage, id: string): void {
    this.#write(`id: ${id}\nevent: ${message.kind}\ndata: ${JSON.stringify(message)}\n\n`);
  }

  /** Keeps the connection alive and the client's place fresh, without an event. */
  mark(id: string): void {
    this.#write(`: \nid: ${id}\n\n`);
  }

  end(): void {
    if (!this.#raw.writableEnded) this.#raw.end();
    setTimeout(() => this.#raw.destroy(), lastWordsMs).unref();
  }

  /** Calls back once, also when the client has left already. */
  onClose(done: () => void): void {
    if (this.#raw.closed || this.#raw.destroyed) done();
    else this.#raw.once('close', done);
  }

  #write(text: string): void {
    if (!this.#raw.writableEnded && !this.#raw.destroyed) this.#raw.write(text);
  }
}
