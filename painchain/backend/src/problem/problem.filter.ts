import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toProblem, toProblemError } from './to-problem.js';

/** Answers with a problem; the one place where an error becomes an HTTP response. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblemError(error);
  const body = toProblem(problem, request.id);
  // Someone may be reading a stream already: there is nothing left to say but that it ends.
  if (reply.raw.headersSent) {
    request.log.warn({ err: error, problem: problem.code }, 'failed after the answer had begun');
    reply.raw.destroy();
    return;
  }
  if (problem.code === 'internal') {
    request.log.error({ err: problem.cause ?? problem }, 'a bug answered a request');
  } else if (body.status >= 500 && problem.cause instanceof Error) {
    request.log.warn(
      { problem: problem.code, reason: problem.cause.message },
      'a request could not be served',
    );
  }
  if (problem.retryAfterSeconds !== undefined) {
    void reply.header('retry-after', String(Math.ceil(problem.retryAfterSeconds)));
  }
  if (problem.code === 'missing-key') void reply.header('www-authenticate', 'Bearer realm="painchain"');
  void reply
    .code(body.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
