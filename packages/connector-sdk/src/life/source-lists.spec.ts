import { afterEach, describe, expect, it } from 'vitest';
import type { Source, SourceLists } from '../connector.js';
import { LifeFixture, connectorOf, numbered, until } from '../testing/life-fixture.js';
import type { MemoryBackend } from '../testing/memory-backend.js';

const fixture = new LifeFixture();
const { startBackend, start, integrationOf } = fixture;

afterEach(() => fixture.cleanUp());

/** Lists that are given by hand, and faults; whoever iterates anew hears what comes from then on. */
class Lists implements SourceLists {
  iterations = 0;
  #waiting: (readonly Source[] | Error)[] = [];
  #wake: () => void = () => undefined;

  give(next: readonly Source[] | Error): void {
    this.#waiting.push(next);
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Source[], void, void> {
    this.iterations += 1;
    for (;;) {
      for (const next of this.#waiting.splice(0)) {
        if (next instanceof Error) throw next;
        yield next;
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** Counts on for as long as it runs, each run from its cursor. */
function counting(name: string, runs: string[] = []): Source {
  return {
    ...numbered(0, 1, name),
    async *collect({ cursor }) {
      runs.push(`${name} from ${JSON.stringify(cursor)}`);
      yield { events: [], cursor: Number(cursor ?? 0) + 1 };
    },
  };
}

const cursorOf = (backend: MemoryBackend, name: string) =>
  Number(integrationOf(backend)?.sources.get(name)?.cursor ?? 0);
const troubleOf = (backend: MemoryBackend) => integrationOf(backend)?.lastReport?.trouble?.detail;

async function goesOn(backend: MemoryBackend, name: string): Promise<void> {
  const now = cursorOf(backend, name);
  await until(() => cursorOf(backend, name) > now);
}

describe('a list of sources that changes', () => {
  it('begins what is new, lets go on what stays and stops what is missing', async () => {
    const backend = await startBackend();
    const lists = new Lists();
    start(
      backend,
      connectorOf(() => lists),
    );
    const [runs, replaced]: [string[], string[]] = [[], []];
    lists.give([counting('a', runs), counting('b')]);
    await goesOn(backend, 'a');
    await goesOn(backend, 'b');
    lists.give([counting('a', replaced), counting('c')]);
    await goesOn(backend, 'c');
    const stopped = cursorOf(backend, 'b');
    await goesOn(backend, 'a');
    await goesOn(backend, 'a');
    expect(cursorOf(backend, 'b')).toBe(stopped);
    expect(replaced).toEqual([]);
    await until(() => integrationOf(backend)?.lastReport?.sources.length === 2);
  });

  it('continues where a source was when it comes back', async () => {
    const backend = await startBackend();
    const lists = new Lists();
    start(
      backend,
      connectorOf(() => lists),
    );
    lists.give([counting('a'), counting('b')]);
    await goesOn(backend, 'b');
    lists.give([counting('a')]);
    await goesOn(backend, 'a');
    await goesOn(backend, 'a');
    const stopped = cursorOf(backend, 'b');
    const runs: string[] = [];
    lists.give([counting('b', runs)]);
    await goesOn(backend, 'b');
    expect(runs[0]).toBe(`b from ${stopped}`);
    const history = integrationOf(backend)?.sources.get('b')?.history ?? [];
    expect(history).toEqual(history.map((_, index) => index + 1));
  });

  it('that fails is shown and asked for again, while the last one goes on', async () => {
    const backend = await startBackend();
    const lists = new Lists();
    let asked = 0;
    start(
      backend,
      connectorOf(() => {
        asked += 1;
        return lists;
      }),
    );
    lists.give([counting('a')]);
    await goesOn(backend, 'a');
    lists.give(new Error('no list today'));
    await until(() => troubleOf(backend) === 'no list today');
    await goesOn(backend, 'a');
    lists.give([counting('a'), counting('b')]);
    await goesOn(backend, 'b');
    await until(() => troubleOf(backend) === undefined);
    expect([asked, lists.iterations]).toEqual([1, 2]);
  });

  it('is asked of the connector again when it comes from a generator', async () => {
    const backend = await startBackend();
    let asked = 0;
    const sources = async function* () {
      asked += 1;
      yield [counting('a')];
      if (asked < 3) throw new Error('no more');
      yield [counting('a'), counting('b')];
    };
    start(backend, connectorOf(sources));
    await goesOn(backend, 'b');
    await goesOn(backend, 'a');
    expect(asked).toBe(3);
  });

  it('stays as it was told last when it ends, also when it is empty', async () => {
    const backend = await startBackend();
    const sources = async function* () {
      yield [counting('a')];
      yield [];
    };
    const { status } = start(backend, connectorOf(sources));
    await until(() => status().leases === 1);
    const leases = () => backend.requests.filter(({ path }) => path.endsWith('/leases')).length;
    const before = leases();
    await until(() => backend.requests.filter(({ path }) => path.endsWith('/heartbeat')).length > 4);
    expect(status().leases).toBe(1);
    expect(integrationOf(backend)?.epoch).toBe(2);
    expect(leases()).toBeGreaterThanOrEqual(before);
  });

  it('can be tried by a human: its first list is told, and what was opened for it is closed', async () => {
    const backend = await startBackend();
    let ended = 0;
    const sources = async function* () {
      try {
        yield [counting('a'), counting('b')];
        await new Promise(() => undefined);
      } finally {
        ended += 1;
      }
    };
    start(backend, connectorOf(sources));
    await goesOn(backend, 'a');
    const id = integrationOf(backend)?.id ?? '';
    backend.store.command('test', id);
    backend.store.command('sync', id);
    await until(() => backend.store.commandResults.length === 2);
    for (const { ok, steps } of backend.store.commandResults) {
      expect([ok, steps.map(({ name }) => name)]).toEqual([true, ['a', 'b']]);
    }
    expect(ended).toBe(1);
  });
});
