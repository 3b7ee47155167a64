import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventPage } from '@painchain/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stack, freePort, root, until } from './stack.js';

/** How long a container has by default before it is killed. */
const containerGraceMs = 10_000;

let stack: Stack;
const replicas: ChildProcess[] = [];

beforeAll(async () => {
  stack = await Stack.start();
});
afterAll(async () => {
  for (const replica of replicas) replica.kill('SIGKILL');
  await stack.stop();
});

/** A second backend of the same database, as a container runs it: by itself. */
async function startReplica(): Promise<{ port: number; process: ChildProcess }> {
  const port = await freePort();
  const replica = spawn(process.execPath, [join(root, 'painchain/backend/dist/main.js')], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DATABASE_URL: stack.databaseUrl,
      PAINCHAIN_PORT: String(port),
      PAINCHAIN_DATA_DIR: stack.dataDir,
    },
  });
  replicas.push(replica);
  await until('the replica is ready', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => undefined);
    return answer?.ok === true;
  });
  return { port, process: replica };
}

/** Sends all of a request but its last byte; `finish` sends that and gives what is answered, to the end. */
function almostSend(port: number, body: string) {
  const head = `POST /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  socket.write(head + body.slice(0, -1));
  return async () => {
    socket.write(body.slice(-1));
    await closed;
    return answer;
  };
}

describe('a backend that is told to stop', () => {
  it('answers whom it is listening to, ends with 0 in time, and another serves what it stored', async () => {
    const replica = await startReplica();
    const event = {
      title: 'Last byte',
      connector: 'ci',
      project: 'p',
      timestamp: new Date().toISOString(),
      data: {},
    };
    const finish = almostSend(replica.port, JSON.stringify(event));
    await sleep(300);
    const ended = once(replica.process, 'exit');
    const begun = Date.now();
    replica.process.kill('SIGTERM');
    await sleep(200);
    const answer = await finish();
    expect(answer).toMatch(/^HTTP\/1\.1 (?:201|503) /);
    expect(await ended).toEqual([0, null]);
    expect(Date.now() - begun).toBeLessThan(containerGraceMs);
    const page = (await (await fetch(`${stack.url}/api/events?q=%22last%20byte%22`)).json()) as EventPage;
    expect(page.rows.length).toBe(answer.startsWith('HTTP/1.1 201') ? 1 : 0);
  });

  it('does not wait for whom never finishes', async () => {
    const replica = await startReplica();
    const finish = almostSend(replica.port, '{"title": "never sent"}');
    await sleep(300);
    const ended = once(replica.process, 'exit');
    const begun = Date.now();
    replica.process.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(Date.now() - begun).toBeLessThan(containerGraceMs);
    expect(await finish()).not.toMatch(/^HTTP\/1\.1 2/);
  });
});
