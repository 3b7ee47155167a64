import { type CanActivate, type ExecutionContext, Global, Module, type Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createLogger } from '@painchain/runtime';
import { createMetrics } from '@painchain/runtime/metrics';
import { Clock, systemClock } from '../../config/clock.js';
import { Config } from '../../config/config.js';
import { LOGGER, METRICS } from '../../config/tokens.js';
import { ConnectorKey } from '../../connector-key/connector-key.js';
import { Database } from '../../database/database.js';
import { ProblemFilter } from '../../problem/problem.filter.js';
import { createValidationPipe } from '../../problem/validation.js';
import { registerStrictJson } from '../../strict-json/register-strict-json.js';

export const connectorKey = 'a-connector-key-for-tests';

/** The tenant of a request is what its header x-test-tenant says, else the default one. */
class TestTenantGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context
      .switchToHttp()
      .getRequest<{ headers: Record<string, string>; tenant?: unknown }>();
    request.tenant = { id: Number(request.headers['x-test-tenant'] ?? 1), slug: 'of-a-test' };
    return true;
  }
}

export interface TestAppOptions {
  clock?: Clock;
  retention?: Config['retention'];
}

/** Serves features over HTTP as the process does, on a database of a test. */
export async function createTestApp(
  database: Database,
  features: Type[],
  { clock = systemClock, retention = null }: TestAppOptions = {},
): Promise<NestFastifyApplication> {
  const config = { retention, connectorKey, secretKey: Buffer.alloc(32), connectorsDir: '/nowhere' };
  const values = [
    { provide: Database, useValue: database },
    { provide: Config, useValue: config },
    { provide: Clock, useValue: clock },
    { provide: LOGGER, useValue: createLogger({ name: 'test', level: 'silent' }) },
    { provide: METRICS, useValue: createMetrics() },
  ];
  class Surroundings {}
  Global()(Surroundings);
  Module({
    providers: [...values, ConnectorKey, { provide: APP_GUARD, useClass: TestTenantGuard }],
    exports: [...values.map(({ provide }) => provide), ConnectorKey],
  })(Surroundings);
  const module = await Test.createTestingModule({ imports: [Surroundings, ...features] }).compile();
  const adapter = new FastifyAdapter();
  const fastify = adapter.getInstance();
  registerStrictJson(fastify, { batchRoutes: ['/api/events'] });
  const app = module.createNestApplication<NestFastifyApplication>(adapter, { bodyParser: false });
  app.setGlobalPrefix('api');
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  await app.init();
  await fastify.ready();
  return app;
}
