import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { redactText } from './redact.js';

export type { Logger } from 'pino';

/** How much is logged. `silent` logs nothing. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

const secretNames = [
  'token',
  'password',
  'secret',
  'authorization',
  'cookie',
  'api_key',
  'apiKey',
  'private_key',
];

const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * A logger that writes one JSON object per line to stdout, with an RFC 3339 time.
 *
 * No secret gets through: fields with a secret's name are replaced by path, and the finished line is scanned
 * for known shapes of tokens, for credentials in URLs and for what `redactSecret` has registered.
 */
export function createLogger(
  options: { name: string; level?: LogLevel },
  destination: DestinationStream = process.stdout,
): Logger {
  return pino(
    {
      name: options.name,
      level: options.level ?? 'info',
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths, censor: '[redacted]' },
    },
    { write: (line) => destination.write(redactText(line)) },
  );
}
