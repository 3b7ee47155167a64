import { isAbsolute, resolve } from 'node:path';
import { readEnvironment } from '@painchain/runtime';
import { z } from 'zod';

const Environment = z.object({
  PAINCHAIN_PORT: z.coerce.number().int().min(1).max(65_535).default(8000),
  PAINCHAIN_HOST: z.string().default('127.0.0.1'),
  PAINCHAIN_DATA_DIR: z.string().default('.painchain'),
  PAINCHAIN_CONFIG_DIR: z.string().default('config'),
  DATABASE_URL: z.string().optional(),
  PAINCHAIN_API_KEY: z.string().optional(),
  PAINCHAIN_API_KEY_FILE: z.string().optional(),
  /** `npm run dev`: the processes start again when their built files change. */
  PAINCHAIN_WATCH: z.stringbool().default(false),
});

export interface LauncherConfig {
  /** The repository: where the processes run, and what relative paths are relative to. */
  root: string;
  port: number;
  host: string;
  /** Where people look. */
  publicUrl: string;
  /** Where our own processes ask. */
  localUrl: string;
  dataDir: string;
  /** As given: a file's path as text is the identity of its integration. */
  configDir: string;
  databaseUrl: string | undefined;
  apiKeyFile: string;
  hasApiKey: boolean;
  watch: boolean;
}

/** @throws ConfigurationError with every fault at once. */
export function readConfig(root: string, env = process.env): LauncherConfig {
  const read = readEnvironment(Environment, env);
  const dataDir = resolve(root, read.PAINCHAIN_DATA_DIR);
  const everywhere = read.PAINCHAIN_HOST === '0.0.0.0' || read.PAINCHAIN_HOST === '::';
  const localHost = everywhere ? '127.0.0.1' : read.PAINCHAIN_HOST;
  const inUrl = localHost.includes(':') ? `[${localHost}]` : localHost;
  return {
    root,
    port: read.PAINCHAIN_PORT,
    host: read.PAINCHAIN_HOST,
    publicUrl: `http://${inUrl === '127.0.0.1' ? 'localhost' : inUrl}:${read.PAINCHAIN_PORT}`,
    localUrl: `http://${inUrl}:${read.PAINCHAIN_PORT}`,
    dataDir,
    configDir: isAbsolute(read.PAINCHAIN_CONFIG_DIR)
      ? read.PAINCHAIN_CONFIG_DIR
      : read.PAINCHAIN_CONFIG_DIR.replace(/\/+$/, ''),
    databaseUrl: read.DATABASE_URL,
    apiKeyFile: resolve(root, read.PAINCHAIN_API_KEY_FILE ?? resolve(dataDir, 'connector.key')),
    hasApiKey: read.PAINCHAIN_API_KEY !== undefined,
    watch: read.PAINCHAIN_WATCH,
  };
}
