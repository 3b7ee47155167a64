import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationError } from '@painchain/runtime';
import type { Registry } from '@painchain/runtime/metrics';
import type { LifeStatus } from '../life/connector-life.js';

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  status: () => LifeStatus,
  metrics: Registry,
): Promise<void> {
  const json = (code: number, body: object) => {
    response.writeHead(code, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };
  const path = (request.url ?? '/').split('?')[0];
  if (request.method !== 'GET') return json(405, { error: 'only GET is served here' });
  if (path === '/health' || path === '/health/live') return json(200, { live: true, ...status() });
  if (path === '/health/ready') return json(status().connected ? 200 : 503, status());
  if (path !== '/metrics') return json(404, { error: 'try /health, /health/ready or /metrics' });
  const text = await metrics.metrics();
  response.writeHead(200, { 'content-type': metrics.contentType });
  response.end(text);
}

function unusable({ host, port }: { host: string; port: number }, error: Error): ConfigurationError {
  const reason = 'code' in error ? String(error.code) : error.message;
  const fault = `nobody can listen on ${host}:${port} (${reason}); set another port, or 0 for any`;
  return new ConfigurationError([{ where: 'PAINCHAIN_HEALTH_PORT', fault }]);
}

/**
 * Serves `/health` (alive, whatever the backend does), `/health/ready` (the backend knows us and answers) and
 * `/metrics`. Port 0 takes any free one.
 *
 * @throws ConfigurationError when it can't listen there.
 */
export async function startHealthServer(
  listen: { host: string; port: number },
  status: () => LifeStatus,
  metrics: Registry,
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    respond(request, response, status, metrics).catch(() => response.destroy());
  });
  server.requestTimeout = 10_000;
  server.headersTimeout = 5_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(unusable(listen, error)));
    server.listen(listen.port, listen.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
