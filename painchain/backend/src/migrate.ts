import { createLogger, readEnvironment, redactSecret, runProcess } from '@painchain/runtime';
import { z } from 'zod';
import { postgresUrl } from './config/postgres-url.js';
import { appUrlOf } from './database/app-url.js';
import { prepareDatabase } from './database/prepare.js';

const Variables = z.object({
  DATABASE_URL: postgresUrl,
  PAINCHAIN_APP_DATABASE_URL: postgresUrl.optional(),
});

// Every backend does the same at its start. By itself it tells whether it works before anything is replaced.
await runProcess(async ({ env, signal }) => {
  const { DATABASE_URL: ownerUrl, PAINCHAIN_APP_DATABASE_URL: given } = readEnvironment(Variables, env);
  const appUrl = appUrlOf(ownerUrl, given);
  for (const url of [ownerUrl, appUrl]) redactSecret(decodeURIComponent(new URL(url).password));
  const logger = createLogger({ name: 'migrations', level: 'info' });
  await prepareDatabase({ ownerUrl, appUrl, isAppDerived: given === undefined }, logger, { signal });
  logger.info('the database is as this version needs it');
});
