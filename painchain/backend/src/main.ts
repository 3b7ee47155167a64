import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, runProcess } from '@painchain/runtime';
import { type Config, readConfig } from './config/config.js';
import { createApp } from './create-app.js';
import { Database } from './database/database.js';
import { prepareDatabase } from './database/prepare.js';
import { ReadinessService } from './health/readiness.service.js';
import { assertMayServe, listenFailure } from './http/may-serve.js';

const inFlightGraceMs = 3_000;

async function listen(nest: NestFastifyApplication, { host, port }: Config): Promise<void> {
  const listenTextResolver = (address: string) => `listening on ${address}`;
  try {
    await nest.getHttpAdapter().getInstance().listen({ host, port, listenTextResolver });
  } catch (error) {
    throw listenFailure(error, port);
  }
}

await runProcess(async ({ signal, stopped, onShutdown }) => {
  const config = readConfig();
  assertMayServe(config);
  const logger = createLogger({ name: 'backend', level: config.logLevel });
  const { nest, inFlight } = await createApp(config, logger);
  onShutdown(async () => {
    nest.get(ReadinessService).drain();
    const closed = nest.close();
    await inFlight.drain(inFlightGraceMs);
    await closed;
    logger.debug('stopped');
  });
  // Serving begins before the database is there: whoever asks is told to wait, and the probes say why.
  await listen(nest, config);
  await prepareDatabase(
    { ownerUrl: config.ownerUrl, appUrl: config.appUrl, isAppDerived: config.isAppUrlDerived },
    logger,
    { signal },
  );
  nest.get(Database).open();
  logger.info('ready');
  await stopped;
});
