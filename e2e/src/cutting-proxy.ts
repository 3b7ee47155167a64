import { type IncomingMessage, type ServerResponse, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy on loopback that now and then swallows a reply to an ingest after the backend has committed it. */
export interface CuttingProxy {
  port: number;
  /** How many replies it has cut. */
  cuts(): number;
  close(): Promise<void>;
}

/** Cuts every `everyNth` reply to `POST /api/events`; everything else passes as it is. */
export async function startCuttingProxy(backendPort: number, everyNth: number): Promise<CuttingProxy> {
  let ingests = 0;
  let cuts = 0;
  const server = createServer((incoming, reply) => {
    const isIngest = incoming.method === 'POST' && incoming.url === '/api/events';
    const cut = isIngest && ++ingests % everyNth === 0;
    forward(backendPort, incoming, reply, cut, () => {
      cuts += 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => cuts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(
  port: number,
  incoming: IncomingMessage,
  reply: ServerResponse,
  cut: boolean,
  onCut: () => void,
): void {
  const { method, url, headers } = incoming;
  const upstream = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    if (cut) {
      answer.resume().once('end', () => {
        onCut();
        reply.destroy();
      });
      return;
    }
    reply.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(reply);
  });
  upstream.once('error', () => reply.destroy());
  incoming.pipe(upstream);
}
