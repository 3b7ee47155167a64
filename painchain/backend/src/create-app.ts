import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from '@painchain/runtime';
import type { Registry } from '@painchain/runtime/metrics';
import { AppModule } from './app.module.js';
import type { Config } from './config/config.js';
import { METRICS } from './config/tokens.js';
import { isBinaryCloudEvent } from './events/cloud-events-http.js';
import { createAdapter } from './http/adapter.js';
import { boundBodies } from './http/body-budget.js';
import { registerHeaders } from './http/headers.js';
import { createHostGuard } from './http/host-guard.js';
import { type InFlight, trackInFlight } from './http/in-flight.js';
import { NestLogger } from './http/nest-logger.js';
import { createNotFound } from './http/not-found.js';
import { guardOrigin } from './http/origin-guard.js';
import { registerRequestLog } from './http/request-log.js';
import { recordRoutes } from './http/routes-table.js';
import { registerInterface } from './interface/register-interface.js';
import { serveDocumentation } from './openapi/serve-documentation.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { createValidationPipe } from './problem/validation.js';
import { registerStrictJson } from './strict-json/register-strict-json.js';

// Decoded they take several times as much.
const bodiesBytes = 64 * 1024 * 1024;

export interface App {
  nest: NestFastifyApplication;
  inFlight: InFlight;
}

/** The backend, wired and initialised, not yet listening. */
export async function createApp(config: Config, logger: Logger): Promise<App> {
  const adapter = createAdapter(logger);
  const fastify = adapter.getInstance();
  const notFound = createNotFound(recordRoutes(fastify));
  adapter.onNotFound(notFound);
  const inFlight = trackInFlight(fastify);
  await registerHeaders(fastify);
  const guardHost = createHostGuard(config);
  fastify.addHook('onRequest', async (request) => {
    guardHost(request);
    guardOrigin(request);
  });
  boundBodies(fastify, bodiesBytes);
  registerStrictJson(fastify, { batchRoutes: ['/api/events'], isForeignBody: isBinaryCloudEvent });
  const nest = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, logger), adapter, {
    bodyParser: false,
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  registerRequestLog(fastify, nest.get<Registry>(METRICS));
  nest.setGlobalPrefix('api');
  nest.useGlobalFilters(new ProblemFilter());
  nest.useGlobalPipes(createValidationPipe());
  await serveDocumentation(nest);
  await registerInterface(fastify, config.interfaceDir, notFound);
  await nest.init();
  await fastify.ready();
  return { nest, inFlight };
}
