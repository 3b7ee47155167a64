import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

export interface InFlight {
  /** Ends open event streams at once, waits for the other answers, then cuts what is still there. */
  drain(graceMs: number): Promise<void>;
}

const isStream = (response: ServerResponse) =>
  String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');

/** Knows which answers are still being given, so that a stop neither breaks them nor waits for streams. */
export function trackInFlight(fastify: FastifyInstance): InFlight {
  const open = new Set<ServerResponse>();
  fastify.addHook('onRequest', (_request, { raw }, done) => {
    open.add(raw);
    raw.once('close', () => open.delete(raw));
    done();
  });
  return {
    async drain(graceMs) {
      const deadline = Date.now() + graceMs;
      while (open.size > 0 && Date.now() < deadline) {
        for (const response of open) if (isStream(response)) response.end();
        await sleep(20);
      }
      fastify.server.closeAllConnections();
    },
  };
}
