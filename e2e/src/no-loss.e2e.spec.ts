import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventPage, ProjectList } from '@painchain/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.js';
import { Stack, root, until } from './stack.js';

const total = 9_000;
const victims = ['backend', 'counting', 'postgres', 'counting', 'backend', 'postgres', 'counting', 'backend'];
const program = join(root, 'e2e/dist/counting-connector.js');
const start = new Date(Date.now() - 86_400_000).toISOString();
const yaml = `connector:\n  type: counting\n  project: numbers\nconfig:\n  total: ${total}\n  start: ${start}\n`;

let stack: Stack;
let proxy: CuttingProxy;

beforeAll(async () => {
  stack = await Stack.start();
  proxy = await startCuttingProxy(stack.port, 12);
});

afterAll(async () => {
  await stack.stop();
  await proxy.close();
});

function runCounting(): void {
  stack.runConnector('counting', program, yaml, { PAINCHAIN_API_URL: `http://127.0.0.1:${proxy.port}/api` });
}

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`${stack.url}/api${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** How many facts are stored; the last known number while nobody answers. */
let lastKnown = 0;
async function stored(): Promise<number> {
  const list = await get<ProjectList>('/projects?connector=counting').catch(() => undefined);
  lastKnown = list?.projects[0]?.events ?? lastKnown;
  return lastKnown;
}

async function everyFact(): Promise<EventPage['rows']> {
  const rows: EventPage['rows'] = [];
  for (let cursor = ''; ;) {
    const page = await get<EventPage>(`/events?connector=counting&limit=200${cursor && `&cursor=${cursor}`}`);
    rows.push(...page.rows);
    if (page.next_cursor === null) return rows;
    cursor = encodeURIComponent(page.next_cursor);
  }
}

describe('numbered facts through a connector', () => {
  it('all arrive, each once, while processes are killed and replies are cut', async () => {
    runCounting();
    for (const victim of victims) {
      const before = await stored();
      await until(`facts arrive before ${victim} is killed`, async () => (await stored()) > before + 300);
      await sleep(Math.random() * 300);
      stack.kill(victim);
      if (victim === 'counting') runCounting();
    }
    await until('all facts are stored', async () => (await stored()) >= total, 120_000);

    const facts = await everyFact();
    const numbers = new Set(facts.map(({ data }) => data['number']));
    const missing = Array.from({ length: total }, (_, number) => number).filter((n) => !numbers.has(n));
    expect({ missing, doubled: facts.length - numbers.size }).toEqual({ missing: [], doubled: 0 });
    expect(await stored()).toBe(total);
    expect(proxy.cuts()).toBeGreaterThan(3);
  }, 300_000);
});
