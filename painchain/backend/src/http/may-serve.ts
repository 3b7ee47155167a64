import { isIPv4 } from 'node:net';
import { ConfigurationError } from '@painchain/runtime';
import type { Config } from '../config/config.js';

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** There is no login yet: whoever reaches the port reads everything, so nobody but this machine may by default. */
export function assertMayServe({ host, allowOpen }: Pick<Config, 'host' | 'allowOpen'>): void {
  if (isLoopback(host) || allowOpen) return;
  const fault = `${host} can be reached from other machines and there is no login: serve on 127.0.0.1, or set PAINCHAIN_ALLOW_OPEN=true when something in front of it decides who gets in`;
  throw new ConfigurationError([{ where: 'PAINCHAIN_HOST', fault }]);
}

const remedies: Partial<Record<string, (port: number) => [string, string]>> = {
  EADDRINUSE: (port) => [
    'PAINCHAIN_PORT',
    `port ${port} is taken: stop what listens there, or choose another, such as PAINCHAIN_PORT=${port + 1}`,
  ],
  EACCES: (port) => ['PAINCHAIN_PORT', `port ${port} needs more rights: choose one above 1023`],
  EADDRNOTAVAIL: () => ['PAINCHAIN_HOST', 'this machine has no such address: choose one of its own'],
  ENOTFOUND: () => ['PAINCHAIN_HOST', 'no such name is known here: give an address'],
};

/** A failure to listen in the words of the setting that mends it. */
export function listenFailure(error: unknown, port: number): unknown {
  const { code } = error as { code?: string };
  const remedy = remedies[code ?? '']?.(port);
  return remedy ? new ConfigurationError([{ where: remedy[0], fault: remedy[1] }]) : error;
}
