import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@painchain/embedded-postgres';
import { createLogger } from '@painchain/runtime';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { appUrlOf } from '../app-url.js';
import { prepareDatabase } from '../prepare.js';
import { databaseUrl, templateName } from './urls.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The owner's address of the run's cluster. */
    postgresUrl: string;
  }
}

async function createTemplate(ownerUrl: string): Promise<void> {
  const admin = new Client({ connectionString: ownerUrl });
  await admin.connect();
  await admin.query(`create database ${templateName}`);
  await admin.end();
  const url = databaseUrl(ownerUrl, templateName);
  const logger = createLogger({ name: 'test', level: 'silent' });
  await prepareDatabase({ ownerUrl: url, appUrl: appUrlOf(url), isAppDerived: true }, logger);
}

/** One cluster for the whole run, with a migrated template from which every file clones its own database. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'painchain-db-tests-'));
  const server = await startPostgres({ dataDir, throwaway: true });
  try {
    await createTemplate(server.ownerUrl);
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('postgresUrl', server.ownerUrl);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
