import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../testing/memory-backend.js';
import { LifeFixture, connectorOf, numbered, until } from '../testing/life-fixture.js';

const fixture = new LifeFixture();

afterEach(() => fixture.cleanUp());

const total = 60;
const fault = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  fc.constant<Fault>({ kind: 'cut' }),
  fc.constant<Fault>({ kind: 'drop' }),
  fc.constant<Fault>({ kind: 'status', status: 503, headers: { 'retry-after': '1' } }),
  fc.constant<Fault>({ kind: 'status', status: 500 }),
  fc.constant<'kill'>('kill'),
  fc.constant<'steal'>('steal'),
);

describe('numbered facts through a connector', () => {
  it('arrive once each, whatever is cut, refused, stolen or killed on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 14 }), async (faults) => {
        const script = [...faults];
        let life: ReturnType<typeof fixture.start> | undefined;
        let instance = 0;
        const restart = () => {
          life = fixture.start(
            backend,
            connectorOf(() => [numbered(total, 20)]),
            `instance ${++instance}`,
          );
        };
        const backend = await fixture.startBackend({
          fault: ({ path }) => {
            if (path !== '/events' && !path.endsWith('/leases')) return undefined;
            const next = script.shift();
            if (next === 'steal') {
              const integration = fixture.integrationOf(backend);
              if (integration) backend.store.bumpEpoch(integration.id);
              return undefined;
            }
            if (next !== 'kill') return next;
            // The request that is under way is carried out, but nobody is left to hear of it.
            void life?.kill();
            restart();
            return { kind: 'cut' };
          },
        });
        restart();
        await until(() => fixture.integrationOf(backend)?.sources.get('numbers')?.cursor === total);
        const numbers = [...backend.store.events.values()].map(({ data }) => Number(data.n));
        expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, n) => n + 1));
        const history = fixture.integrationOf(backend)?.sources.get('numbers')?.history ?? [];
        expect(history).toEqual([...new Set(history)].sort((a, b) => Number(a) - Number(b)));
        await fixture.cleanUp();
      }),
      { numRuns: 25, interruptAfterTimeLimit: 6_000 },
    );
  }, 20_000);
});
