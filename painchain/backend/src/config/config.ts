import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ConfigurationError,
  type Environment,
  type LogLevel,
  readEnvironment,
  redactSecret,
} from '@painchain/runtime';
import { z } from 'zod';
import { appUrlOf } from '../database/app-url.js';
import { postgresUrl } from './postgres-url.js';
import { RetentionPeriod } from './retention-period.js';
import { readOrCreateSecret } from './secret-file.js';

const beside = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port, 0 to 65535')
  .transform(Number)
  .pipe(z.int().max(65_535, 'must be a port, 0 to 65535'));

const Variables = z.object({
  PAINCHAIN_PORT: port.default(8_000),
  PAINCHAIN_HOST: z.string().default('127.0.0.1'),
  PAINCHAIN_ALLOW_OPEN: flag.default(false),
  PAINCHAIN_ALLOWED_HOSTS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((name) => name.trim().toLowerCase())
        .filter(Boolean),
    ),
  PAINCHAIN_DATA_DIR: z.string().default('.painchain'),
  PAINCHAIN_CONNECTORS_DIR: z.string().default(beside('connectors')),
  PAINCHAIN_INTERFACE_DIR: z.string().default(beside('painchain/frontend/dist')),
  DATABASE_URL: postgresUrl,
  PAINCHAIN_APP_DATABASE_URL: postgresUrl.optional(),
  PAINCHAIN_RETENTION: z.string().default('18 months').pipe(RetentionPeriod),
  PAINCHAIN_API_KEY: z
    .string()
    .regex(/^[!-~]{16,}$/, 'must have at least 16 characters: letters, digits and signs, no spaces')
    .optional(),
  PAINCHAIN_API_KEY_FILE: z.string().optional(),
  PAINCHAIN_SECRET_KEY: z.string().optional(),
  PAINCHAIN_SECRET_KEY_FILE: z.string().optional(),
  PAINCHAIN_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
type Variables = z.infer<typeof Variables>;

/** All that this process is told from outside. Also the token by which it is injected. */
export abstract class Config {
  abstract readonly host: string;
  abstract readonly port: number;
  /** Whether serving beyond loopback, without a login, has been asked for. */
  abstract readonly allowOpen: boolean;
  /** Host names that are served beside loopback's, in lower case, without a port; `*.` stands for one label. */
  abstract readonly allowedHosts: readonly string[];
  abstract readonly dataDir: string;
  abstract readonly connectorsDir: string;
  abstract readonly interfaceDir: string;
  /** The owner's address, for migrations. */
  abstract readonly ownerUrl: string;
  /** The unprivileged role's, which serves requests; derived from the owner's unless it is given. */
  abstract readonly appUrl: string;
  abstract readonly isAppUrlDerived: boolean;
  abstract readonly retention: RetentionPeriod;
  abstract readonly connectorKey: string;
  /** 32 bytes that seal integrations' secrets. */
  abstract readonly secretKey: Buffer;
  abstract readonly logLevel: LogLevel;
}

function connectorKeyOf(given: Variables, dataDir: string): string {
  if (given.PAINCHAIN_API_KEY !== undefined) return given.PAINCHAIN_API_KEY;
  const file = given.PAINCHAIN_API_KEY_FILE ?? resolve(dataDir, 'connector.key');
  const generate = () => `pc_connector_${randomBytes(32).toString('hex')}`;
  const key = readOrCreateSecret(file, 'PAINCHAIN_API_KEY_FILE', generate);
  if (key.length >= 16) return key;
  const fault = `${file} holds fewer than 16 characters: delete it, a new key is made at the next start`;
  throw new ConfigurationError([{ where: 'PAINCHAIN_API_KEY_FILE', fault }]);
}

function secretKeyOf(given: Variables, dataDir: string): Buffer {
  const file = given.PAINCHAIN_SECRET_KEY_FILE ?? resolve(dataDir, 'secret.key');
  const generate = () => randomBytes(32).toString('base64');
  const text = given.PAINCHAIN_SECRET_KEY ?? readOrCreateSecret(file, 'PAINCHAIN_SECRET_KEY_FILE', generate);
  const key = Buffer.from(text, 'base64');
  if (key.length === 32) {
    redactSecret(text);
    return key;
  }
  const fault =
    'must be 32 bytes in base64: restore the key that sealed the secrets, or make one by `openssl rand -base64 32`';
  throw new ConfigurationError([{ where: 'PAINCHAIN_SECRET_KEY', fault }]);
}

function registerSecrets(...urls: string[]): void {
  for (const url of urls) redactSecret(decodeURIComponent(new URL(url).password));
}

/**
 * Reads the environment; missing keys are made in the data directory.
 *
 * @throws ConfigurationError with all faults at once.
 */
export function readConfig(env?: Environment): Config {
  const given = readEnvironment(Variables, env);
  const dataDir = resolve(given.PAINCHAIN_DATA_DIR);
  const appUrl = appUrlOf(given.DATABASE_URL, given.PAINCHAIN_APP_DATABASE_URL);
  registerSecrets(given.DATABASE_URL, appUrl);
  const connectorKey = connectorKeyOf(given, dataDir);
  redactSecret(connectorKey);
  return Object.freeze({
    host: given.PAINCHAIN_HOST,
    port: given.PAINCHAIN_PORT,
    allowOpen: given.PAINCHAIN_ALLOW_OPEN,
    allowedHosts: given.PAINCHAIN_ALLOWED_HOSTS,
    dataDir,
    connectorsDir: resolve(given.PAINCHAIN_CONNECTORS_DIR),
    interfaceDir: resolve(given.PAINCHAIN_INTERFACE_DIR),
    ownerUrl: given.DATABASE_URL,
    appUrl,
    isAppUrlDerived: given.PAINCHAIN_APP_DATABASE_URL === undefined,
    retention: given.PAINCHAIN_RETENTION,
    connectorKey,
    secretKey: secretKeyOf(given, dataDir),
    logLevel: given.PAINCHAIN_LOG_LEVEL,
  });
}
