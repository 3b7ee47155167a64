import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { ProblemError } from '../problem/problem-error.js';

const loopbackNames = ['localhost', '127.0.0.1', '::1'];
const anyAddress = ['0.0.0.0', '::'];
const authority = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/;

/** The name in a Host header or an origin, without port and brackets; undefined when it is none. */
export function hostNameOf(header: string): string | undefined {
  const match = authority.exec(header.toLowerCase());
  return match?.[1] ?? match?.[2];
}

/** `*.example.com` for `acme.example.com`: one label for the star, as in a certificate. */
function withoutFirstLabel(name: string): string {
  return name.replace(/^[^.]+/, '*');
}

function hostOf({ raw }: FastifyRequest): string {
  const names = raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  const host = raw.headers.host;
  // A target that is a whole URL would be another way of naming the host.
  if (names.length === 1 && host !== undefined && raw.url?.startsWith('/')) return host;
  throw new ProblemError('malformed-request', 'Send exactly one Host header, and a path as the target.');
}

/**
 * Refuses requests for host names that are not ours: a page of another site whose name is made to resolve to this
 * address (DNS rebinding) would be read by the browser as our own. An address can't be rebound, so once serving
 * openly was asked for, each of them will do.
 */
export function createHostGuard(config: Pick<Config, 'host' | 'allowedHosts' | 'allowOpen'>) {
  const bound = anyAddress.includes(config.host) ? [] : [config.host.toLowerCase()];
  const served = new Set([...loopbackNames, ...bound, ...config.allowedHosts]);
  const isServed = (name: string) =>
    served.has(name) || served.has(withoutFirstLabel(name)) || (config.allowOpen && isIP(name) !== 0);
  return (request: FastifyRequest): void => {
    const name = hostNameOf(hostOf(request));
    if (name !== undefined && isServed(name)) return;
    throw new ProblemError(
      'foreign-host',
      'Call it by localhost, or name the host you call it by in PAINCHAIN_ALLOWED_HOSTS.',
    );
  };
}
