import { Histogram, type Registry } from '@painchain/runtime/metrics';
import type { FastifyInstance } from 'fastify';

const probes = new Set(['/api/health/live', '/api/health/ready', '/api/metrics']);

/** One line and one measurement per request. Neither query, headers nor body: people put secrets there. */
export function registerRequestLog(fastify: FastifyInstance, registry: Registry): void {
  const duration = new Histogram({
    name: 'painchain_http_request_duration_seconds',
    help: 'How long requests took, by route template.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const status = reply.statusCode;
    duration.observe({ method: request.method, route, status }, reply.elapsedTime / 1_000);
    const level = probes.has(route) ? 'debug' : 'info';
    const { id, method } = request;
    const path = request.url.split('?', 1)[0]?.slice(0, 500);
    request.log[level](
      { request_id: id, method, path, route, status, duration_ms: Math.round(reply.elapsedTime) },
      'answered',
    );
    done();
  });
}
