import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpUrl } from '@painchain/contract';
import { type Environment, readEnvironment, redactSecret } from '@painchain/runtime';
import { z } from 'zod';
import { SourceError } from '../source-error.js';

const variables = z.object({
  PAINCHAIN_API_URL: HttpUrl.default('http://127.0.0.1:8000/api'),
  // Secrets that are made by hand often end in a line break, which no header may hold.
  PAINCHAIN_API_KEY: z.string().trim().optional(),
  PAINCHAIN_API_KEY_FILE: z.string().optional(),
  PAINCHAIN_DATA_DIR: z.string().default('.painchain'),
  PAINCHAIN_HEALTH_HOST: z.string().default('127.0.0.1'),
  PAINCHAIN_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  PAINCHAIN_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** What a connector's process is told by its environment. */
export interface ProcessConfig {
  apiUrl: string;
  /** The connector key, read anew each time, so that it may appear late and be rotated. */
  apiKey: () => string;
  dataDir: string;
  /** Absent: no health server. */
  health: { host: string; port: number } | undefined;
  logLevel: z.infer<typeof variables>['PAINCHAIN_LOG_LEVEL'];
}

function keyFrom(path: string): string {
  try {
    const key = readFileSync(path, 'utf8').trim();
    redactSecret(key);
    if (key !== '') return key;
  } catch {
    // Said below; under compose the backend makes the file only after we have started.
  }
  throw new SourceError({
    code: 'key-missing',
    detail: `There is no connector key in ${path}.`,
    remedy:
      'The backend makes it at its first start: set PAINCHAIN_API_KEY_FILE to its file, or PAINCHAIN_API_KEY.',
    kind: 'configuration',
  });
}

/** @throws ConfigurationError */
export function readProcessConfig(env: Environment): ProcessConfig {
  const read = readEnvironment(variables, env);
  const key = read.PAINCHAIN_API_KEY || undefined;
  if (key !== undefined) redactSecret(key);
  const keyFile = read.PAINCHAIN_API_KEY_FILE ?? join(read.PAINCHAIN_DATA_DIR, 'connector.key');
  const port = read.PAINCHAIN_HEALTH_PORT;
  return {
    apiUrl: read.PAINCHAIN_API_URL,
    apiKey: () => key ?? keyFrom(keyFile),
    dataDir: read.PAINCHAIN_DATA_DIR,
    health: port === undefined ? undefined : { host: read.PAINCHAIN_HEALTH_HOST, port },
    logLevel: read.PAINCHAIN_LOG_LEVEL,
  };
}
