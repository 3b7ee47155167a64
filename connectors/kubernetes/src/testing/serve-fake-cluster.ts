// A cluster of its own process, for measurements: what happens in it is told to a second port.
import { type IncomingMessage, createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { FakeApiServer, Store } from './fake-api-server/index.js';
import { furnish, pretend, shareOf, telling } from './pretend-objects.js';

const store = new Store();

let objects = 0;
let turn = 0;
/** When each program has begun to list since it was asked for last, by its credential. */
const began = new Map<string, number>();

/** Fills the cluster. */
function hold(wanted: { objects: number }): object {
  objects = wanted.objects;
  furnish(store, objects);
  return { objects: store.size };
}

interface Change {
  /** `<namespace>/<kind>/<name>`: the end of its subject. */
  path: string;
  at: number;
}

/** Changes the next object: each kind in turn, and no object twice before all others of its kind. */
function changeNext(): Change {
  const kind = telling[turn % telling.length] ?? telling[0];
  const round = Math.floor(turn / telling.length);
  const index = round % shareOf(kind, objects);
  turn += 1;
  const object = store.update(pretend(kind, index, `2.0.${turn}`), { manager: 'kubectl-edit' });
  const { namespace = '', name } = object.metadata;
  return { path: `${namespace}/${kind.toLowerCase()}/${name}`, at: Date.now() };
}

/** So many changes, one after the other at an even pace, or all at once. */
async function change({ count, perSecond }: { count: number; perSecond?: number }): Promise<object> {
  const changes: Change[] = [];
  const startedAt = performance.now();
  for (let made = 0; made < count; made += 1) {
    const due = perSecond === undefined ? 0 : startedAt + (made * 1_000) / perSecond - performance.now();
    if (due > 0) await sleep(due);
    changes.push(changeNext());
  }
  return { changes };
}

function compact(): object {
  store.compact();
  began.clear();
  return {};
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === '' ? {} : JSON.parse(text);
}

async function told(request: IncomingMessage): Promise<object> {
  const body = await bodyOf(request);
  if (request.url === '/hold') return hold(body as Parameters<typeof hold>[0]);
  if (request.url === '/change') return change(body as Parameters<typeof change>[0]);
  if (request.url === '/compact') return compact();
  return { began: Object.fromEntries(began), revision: store.revision };
}

const { FAKE_CLUSTER_PORT, FAKE_CLUSTER_CONTROL_PORT, PAINCHAIN_PARENT_PID } = process.env;
await FakeApiServer.start(store, {
  port: Number(FAKE_CLUSTER_PORT),
  heard: ({ token, target }) => {
    if (target?.verb === 'list' && !began.has(token)) began.set(token, Date.now());
  },
});
createServer((request, response) => {
  told(request).then(
    (answer) => response.end(JSON.stringify(answer)),
    () => response.destroy(),
  );
}).listen(Number(FAKE_CLUSTER_CONTROL_PORT), '127.0.0.1');

/** It ends with who has started it. */
function look(): void {
  try {
    process.kill(Number(PAINCHAIN_PARENT_PID), 0);
  } catch {
    process.exit();
  }
}
if (PAINCHAIN_PARENT_PID) setInterval(look, 1_000);
