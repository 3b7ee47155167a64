import type { FastifyInstance } from 'fastify';

/**
 * Remembers what is served, to tell "no such path" from "not by this method", which the router does not.
 * Gives the methods by which a path is served.
 */
export function recordRoutes(fastify: FastifyInstance): (path: string) => string[] {
  const routes: { pattern: RegExp; methods: string[] }[] = [];
  fastify.addHook('onRoute', ({ url, method }) => {
    if (!url.startsWith('/api') || url.includes('*')) return;
    const pattern = url.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/:[a-zA-Z_]+/g, '[^/]+');
    routes.push({ pattern: new RegExp(`^${pattern}/?$`), methods: [method].flat() });
  });
  return (path) => {
    const serving = routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
    return [...new Set(serving)].sort();
  };
}
