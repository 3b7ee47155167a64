import type { IncomingMessage } from 'node:http';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** The icons of the API's page are data inside its style sheet; a page that shows foreign events has none. */
function imageSource({ url = '' }: IncomingMessage): string {
  return /^\/api\/docs(?:[/?]|$)/.test(url) ? "'self' data:" : "'self'";
}

/** Headers of every answer: nothing runs in a reader's browser that we did not ship. */
export async function registerHeaders(fastify: FastifyInstance): Promise<void> {
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': [imageSource],
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
