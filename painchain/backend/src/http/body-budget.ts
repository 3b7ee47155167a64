import { Transform } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';

/**
 * Bounds the bodies that are in memory at the same time, from their first byte until their request is answered.
 * Only what has arrived counts: who announces much and sends it slowly keeps nobody out.
 */
export function boundBodies(fastify: FastifyInstance, maxBytes: number): void {
  let held = 0;
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    if (request.method === 'GET' || request.method === 'HEAD') {
      done(null, payload);
      return;
    }
    let own = 0;
    const counting = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        own += chunk.length;
        held += chunk.length;
        next(held > maxBytes ? overloaded() : null, chunk);
      },
    });
    // Whoever reads it listens only while it reads.
    counting.on('error', () => undefined);
    reply.raw.once('close', () => {
      held -= own;
      counting.destroy();
      // What still comes of a body that nobody reads must pass by, or its connection would be stuck.
      payload.unpipe(counting);
      payload.resume();
    });
    // Not by pipeline(): it would cut the connection on which a refusal is to be told.
    done(null, payload.pipe(counting));
  });
}

function overloaded(): ProblemError {
  const detail = 'More is being sent at the same time than can be kept in memory. Send it again in a moment.';
  return new ProblemError('unavailable', detail, { retryAfterSeconds: 1 });
}
