import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { HeartbeatAnswer, IntegrationView, Lease } from '@painchain/contract';
import { createLogger } from '@painchain/runtime';
import type { Config } from '../../config/config.js';
import { ConfigModule } from '../../config/config.module.js';
import { ConnectorKeyModule } from '../../connector-key/connector-key.module.js';
import { Database } from '../../database/database.js';
import { DatabaseModule } from '../../database/database.module.js';
import { createTestDatabase, type TestDatabase } from '../../database/testing/test-database.js';
import { createAdapter } from '../../http/adapter.js';
import { ProblemFilter } from '../../problem/problem.filter.js';
import { createValidationPipe } from '../../problem/validation.js';
import { registerStrictJson } from '../../strict-json/register-strict-json.js';
import { TenantsModule } from '../../tenants/tenants.module.js';

const connectorKey = `pc_connector_${randomBytes(16).toString('hex')}`;

/** A type as its connector.yaml says it, with one public setting beside two secrets. */
export const vaultYaml = `
type: vault
name: Vault
description: Keeps things.
mode: poll
config_schema:
  type: object
  additionalProperties: false
  properties:
    url: { type: string, x-painchain: { public: true } }
    token: { type: string }
    places:
      type: array
      items:
        type: object
        required: [name]
        properties:
          name: { type: string, x-painchain: { public: true } }
          token: { type: string }
`;

export interface Answer<Body> {
  status: number;
  body: Body;
  text: string;
}

export interface TestApi {
  db: TestDatabase;
  get<T extends object>(type: Type<T>): T;
  /** Everything that the log says. */
  log: string[];
  call<Body>(
    method: string,
    path: string,
    body?: unknown,
    options?: { key?: boolean },
  ): Promise<Answer<Body>>;
  register(instance: string, type?: string): Promise<TestConnector>;
  integration(name: string, changes?: object): Promise<IntegrationView>;
  close(): Promise<void>;
}

export interface TestConnector {
  id: string;
  claim(count: number, release?: { integration_id: string; epoch: number }[]): Promise<Lease[]>;
  beat(leases?: Lease[], changes?: object): Promise<HeartbeatAnswer>;
}

function connectorsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'painchain-types-'));
  mkdirSync(join(folder, 'vault'));
  mkdirSync(join(folder, 'broken'));
  writeFileSync(join(folder, 'vault', 'connector.yaml'), vaultYaml);
  writeFileSync(join(folder, 'vault', 'config.example.yaml'), 'connector: { type: vault }\n');
  writeFileSync(join(folder, 'broken', 'connector.yaml'), 'type: Broken Type\n');
  cpSync(join(folder, 'vault', 'connector.yaml'), join(folder, 'ignored.yaml'));
  return folder;
}

/** The given rooms behind real HTTP decoding, guards and problems, on a database of their own. */
export async function createTestApi(rooms: Type[]): Promise<TestApi> {
  const db = await createTestDatabase();
  const connectorsDir = connectorsFolder();
  const log: string[] = [];
  const logger = createLogger({ name: 'test', level: 'trace' }, { write: (line) => void log.push(line) });
  const config = { appUrl: db.appUrl, connectorsDir, connectorKey, secretKey: randomBytes(32) } as Config;
  const testing = await Test.createTestingModule({
    imports: [ConfigModule.with(config, logger), DatabaseModule, ConnectorKeyModule, TenantsModule, ...rooms],
  }).compile();
  const adapter = createAdapter(logger);
  registerStrictJson(adapter.getInstance(), { batchRoutes: [] });
  const app = testing.createNestApplication<NestFastifyApplication>(adapter, {
    bodyParser: false,
    logger: false,
  });
  app.setGlobalPrefix('api');
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(createValidationPipe());
  app.get(Database).open();
  await app.init();
  await adapter.getInstance().ready();
  const call = caller(app);
  return {
    db,
    log,
    call,
    get: (type) => app.get(type, { strict: false }),
    register: (instance, type = 'vault') => registerConnector(call, instance, type),
    integration: async (name, changes = {}) => {
      const given = { type: 'vault', name, config: { token: 'canary-0123456789' }, ...changes };
      return expectStatus(await call<IntegrationView>('POST', '/integrations', given, { key: true }), 201);
    },
    close: async () => {
      await app.close();
      await db.drop();
      rmSync(connectorsDir, { recursive: true });
    },
  };
}

function caller(app: NestFastifyApplication): TestApi['call'] {
  const call = async (method: string, path: string, body?: unknown, options: { key?: boolean } = {}) => {
    const answer = await app.inject({
      method: method as 'GET',
      url: `/api${path}`,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(options.key && { authorization: `Bearer ${connectorKey}` }),
      },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    });
    const parsed: unknown = answer.body === '' ? undefined : JSON.parse(answer.body);
    return { status: answer.statusCode, body: parsed, text: answer.body };
  };
  // Each test says what it expects the body to be.
  return call as TestApi['call'];
}

async function registerConnector(
  call: TestApi['call'],
  instance: string,
  type: string,
): Promise<TestConnector> {
  const manifest = { type, name: type, description: '', mode: 'poll', config_schema: { type: 'object' } };
  const registration = { instance_id: instance, type, version: '1.0.0', contract_version: '2.0', manifest };
  const answer = await call<{ connector_id: string }>('POST', '/connectors/register', registration, {
    key: true,
  });
  const id = expectStatus(answer, 200).connector_id;
  return {
    id,
    claim: async (count, release = []) => {
      const request = { claim: count, release: release.map(proofOf) };
      const leases = await call<{ leases: Lease[] }>('POST', `/connectors/${id}/leases`, request, {
        key: true,
      });
      return expectStatus(leases, 200).leases;
    },
    beat: async (leases = [], changes = {}) => {
      const held = leases.map((lease) => ({ ...proofOf(lease), sources: [], trouble: null }));
      const beat = { state: 'running', leases: held, ...changes };
      return expectStatus(
        await call<HeartbeatAnswer>('POST', `/connectors/${id}/heartbeat`, beat, { key: true }),
        200,
      );
    },
  };
}

export function proofOf({ integration_id, epoch }: { integration_id: string; epoch: number }) {
  return { integration_id, epoch };
}

export function expectStatus<Body>(answer: Answer<Body>, status: number): Body {
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${answer.text}`);
  return answer.body;
}
