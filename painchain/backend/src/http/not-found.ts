import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';
import { sendProblem } from '../problem/problem.filter.js';

/** Answers what no route serves. */
export function createNotFound(methodsOf: (path: string) => string[]) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = methodsOf(path);
    if (methods.length > 0) {
      void reply.header('allow', methods.join(', '));
      const detail = `Use ${methods.join(' or ')}; /api/docs shows what each does.`;
      sendProblem(new ProblemError('method-not-allowed', detail), request, reply);
    } else {
      const detail = 'Nothing is served here; /api names what is.';
      sendProblem(new ProblemError('not-found', detail), request, reply);
    }
    return reply;
  };
}
