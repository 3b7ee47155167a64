import type { IncomingMessage } from 'node:http';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Swagger's page brings its styles inside of it; no page that shows foreign events may. */
function styleSource({ url = '' }: IncomingMessage): string {
  return /^\/api\/docs(?:[/?]|$)/.test(url) ? "'self' 'unsafe-inline'" : "'self'";
}

/** Headers of every answer: nothing runs in a reader's browser that we did not ship. */
export async function registerHeaders(fastify: FastifyInstance): Promise<void> {
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': [styleSource],
        'img-src': ["'self'"],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    // Served over plain HTTP on loopback; whoever puts TLS in front of it adds this there.
    strictTransportSecurity: false,
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.url === '/api' || request.url.startsWith('/api/'))
      void reply.header('cache-control', 'no-store');
    void reply.header('x-request-id', request.id);
    done();
  });
}
