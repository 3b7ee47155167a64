import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Logger } from '@painchain/runtime';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';
import { sendProblem } from '../problem/problem.filter.js';
import { toProblem } from '../problem/to-problem.js';

const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
const checkEveryMs = 5_000;

// What Node's parser refuses never becomes a request. Most of these senders are gone or up to no good.
function refuseSocket(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const isLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const problem = isLarge
    ? new ProblemError('too-large', 'Send fewer or shorter headers.')
    : new ProblemError('malformed-request', 'This is not HTTP/1.1 as RFC 9112 has it, or it took too long.');
  const body = toProblem(problem, randomUUID());
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${body.status} ${body.title}\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}

/** Leaves what no route serves to a handler of ours: pages and problems instead of Nest's own answer. */
class Adapter extends FastifyAdapter {
  #notFound: ((request: FastifyRequest, reply: FastifyReply) => unknown) | undefined;

  onNotFound(handler: (request: FastifyRequest, reply: FastifyReply) => unknown): void {
    this.#notFound = handler;
  }

  override setNotFoundHandler(handler: never) {
    return super.setNotFoundHandler(this.#notFound ?? handler);
  }
}

export type { Adapter };

export function createAdapter(logger: Logger): Adapter {
  return new Adapter({
    loggerInstance: logger,
    // One line of our own per request, with what we know of it.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // Whoever stands in front of us is not asked who the client is: nothing here depends on it.
    trustProxy: false,
    skipMiddie: true,
    requestTimeout: requestTimeoutMs,
    http: {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: checkEveryMs,
      // The host guard asks for it, with an answer that says so.
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    return503OnClosing: false,
    clientErrorHandler: refuseSocket,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(error, request, reply),
  });
}
