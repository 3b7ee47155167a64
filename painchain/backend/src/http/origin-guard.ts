import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

function isOwnOrigin(origin: string, host: string | undefined): boolean {
  // The scheme may differ: a proxy in front of us speaks TLS.
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}

/** Refuses writes that another site's page makes a browser send. Programs send neither header. */
export function guardOrigin({ method, headers }: FastifyRequest): void {
  if (reading.has(method)) return;
  const site = headers['sec-fetch-site'];
  const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const isForeignOrigin = headers.origin !== undefined && !isOwnOrigin(headers.origin, headers.host);
  if (!isForeignSite && !isForeignOrigin) return;
  throw new ProblemError('foreign-origin', "Write from this server's own pages, or with a program.");
}
