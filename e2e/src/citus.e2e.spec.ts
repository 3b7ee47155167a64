import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TimelinePage } from '@painchain/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTools, hasExtension, type OwnPostgres, startOwnPostgres } from './own-postgres.js';
import { Stack, root } from './stack.js';

const tools = findTools();
const hasCitus = tools !== undefined && hasExtension(tools, 'citus');

// Debian has no package of the extension; where somebody has installed it, this tells whether it bears the schema.
describe.skipIf(!hasCitus)('a database that Citus distributes', () => {
  let server: OwnPostgres;
  let stack: Stack;

  beforeAll(async () => {
    server = await startOwnPostgres(tools ?? '', 'citus');
    server.sql('postgres', 'create database painchain');
    server.sql('painchain', 'create extension citus');
    stack = await Stack.start({ env: { DATABASE_URL: server.url('painchain') } });
    await stack.stopLauncher();
    server.sql('painchain', readFileSync(join(root, 'docs/citus.sql'), 'utf8'));
    await stack.launch();
  });
  afterAll(async () => {
    await stack?.stop();
    server?.stop();
  });

  it('takes events in and gives them back', async () => {
    const events = Array.from({ length: 50 }, (_, n) => ({
      title: `Event ${n}`,
      connector: 'ci',
      project: 'p',
      timestamp: new Date(Date.now() - n * 1_000).toISOString(),
      data: { n },
    }));
    const answer = await fetch(`${stack.url}/api/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ events }),
    });
    expect(answer.status).toBe(200);
    const page = (await (await fetch(`${stack.url}/api/timeline?q=event&limit=200`)).json()) as TimelinePage;
    expect(page.rows).toHaveLength(50);
  });
});
