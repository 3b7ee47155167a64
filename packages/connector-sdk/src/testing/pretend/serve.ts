import { type IncomingMessage, createServer } from 'node:http';
import type { Asked, PretendServerOptions } from './server.js';
import type { PretendPlace, PretendWorld } from './world.js';

/** How much a world shall hold: owners from a number on, and how many places each of them has. */
export interface Hold {
  owners: number;
  repositories: number;
  from: number;
}

/** A pretended upstream, and what may be told to it from outside. */
export interface Served<Account, Place extends PretendPlace<PretendWorld>> {
  world: PretendWorld;
  start(options: PretendServerOptions<Account>): Promise<unknown>;
  hold(wanted: Hold): void;
  find(name: string): Place | undefined;
  /** One of each kind, in turn. Each makes a fact of a type and subject that were not there before. */
  changes: readonly ((place: Place, name: string) => void)[];
  /** What requests are counted by: their address without what tells one place from another. */
  kindOf(target: string): string;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === '' ? {} : JSON.parse(text);
}

/** Lets things happen when it is told to, and counts what it was asked. */
class Control<Account, Place extends PretendPlace<PretendWorld>> {
  readonly #asked = { all: 0, counted: 0 };
  /** How often each kind of address was asked at a cost. */
  readonly #counts = new Map<string, number>();
  #changed = 0;

  constructor(private readonly served: Served<Account, Place>) {}

  hear({ counted, target }: Asked<Account>): void {
    this.#asked.all += 1;
    if (!counted) return;
    this.#asked.counted += 1;
    const kind = this.served.kindOf(target);
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  async told(request: IncomingMessage): Promise<object> {
    const body = await bodyOf(request);
    if (request.url === '/hold') this.served.hold(body as Hold);
    else if (request.url === '/change') return this.#change((body as { repository: string }).repository);
    return { ...this.#asked, counts: Object.fromEntries(this.#counts) };
  }

  /** Lets something happen; what must be told of it. */
  #change(name: string): object {
    const { world, changes, find } = this.served;
    const { facts } = world.ledger;
    const before = facts.length;
    this.#changed += 1;
    const place = find(name);
    if (place) changes[this.#changed % changes.length]?.(place, `thing-${this.#changed}`);
    return { facts: facts.slice(before).map(({ type, subject }) => ({ type, subject, project: name })) };
  }
}

/** It ends with who has started it. */
function endWith(parent: number): void {
  setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch {
      process.exit();
    }
  }, 1_000);
}

/**
 * Serves a pretended upstream from a process of its own, for measurements, on `FAKE_PORT`. What it holds and what happens
 * in it is told to `FAKE_CONTROL_PORT`.
 */
export async function serve<Account, Place extends PretendPlace<PretendWorld>>(
  served: Served<Account, Place>,
): Promise<void> {
  const { FAKE_PORT, FAKE_CONTROL_PORT, PAINCHAIN_PARENT_PID } = process.env;
  const control = new Control(served);
  await served.start({ port: Number(FAKE_PORT), heard: (asked) => control.hear(asked) });
  const server = createServer((request, response) => {
    control.told(request).then(
      (answer) => response.end(JSON.stringify(answer)),
      () => response.destroy(),
    );
  });
  server.listen(Number(FAKE_CONTROL_PORT), '127.0.0.1');
  if (PAINCHAIN_PARENT_PID) endWith(Number(PAINCHAIN_PARENT_PID));
}
