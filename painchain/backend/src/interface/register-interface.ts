import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const missingBuild = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>PainChain</title>
<h1>The interface is not built</h1>
<p>Build it with <code>npm run build -w @painchain/frontend</code> and load this page again.
The API works without it: see <a href="/api/docs">/api/docs</a>.</p></html>
`;

// Vite names what it builds by content, so such a file never changes.
const isHashed = (path: string) => /[/\\]assets[/\\]/.test(path);

// No page of ours is called so, and no file is reached so; whoever asks is looking for a way out of the folder.
const isHostile = (path: string) => /(^|\/)\.|[\\\0]/.test(path);

function wantsPage(path: string, { headers }: FastifyRequest): boolean {
  const accepted = headers.accept ?? '*/*';
  return extname(path) === '' && (accepted.includes('text/html') || accepted.includes('*/*'));
}

/**
 * Serves the built interface: its files, and its one page for every path that is neither a file nor the API's,
 * because the interface routes by itself.
 */
export async function registerInterface(
  fastify: FastifyInstance,
  folder: string,
  notFound: (request: FastifyRequest, reply: FastifyReply) => FastifyReply,
): Promise<void> {
  await fastify.register(fastifyStatic, {
    root: folder,
    serve: false,
    suppressWarning: true,
    dotfiles: 'ignore',
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const lifetime = isHashed(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
      void reply.header('cache-control', lifetime);
    },
  });
  const page = (reply: FastifyReply): FastifyReply => {
    if (existsSync(join(folder, 'index.html'))) return reply.sendFile('index.html');
    return reply.code(503).type('text/html; charset=utf-8').send(missingBuild);
  };
  fastify.get<{ Params: { '*': string } }>('/*', (request, reply) => {
    const path = request.params['*'];
    if (path === 'api' || path.startsWith('api/') || isHostile(path)) return notFound(request, reply);
    if (wantsPage(path, request)) return page(reply);
    return path === '' ? notFound(request, reply) : reply.sendFile(path);
  });
}
