import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Wanted,
  edits,
  firstWanted,
  specOf,
  toldOf,
  versionOf,
  versionsOf,
} from '../testing/workload-life.js';

const chains = fc.array(edits, { minLength: 1, maxLength: 12 });

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

describe('any chain of edits of a workload', () => {
  it('gives exactly one event for each that changes something, and none for the others', () => {
    fc.assert(
      fc.property(chains, (chain) => {
        const versions = versionsOf(chain);
        const told = toldOf(versions);
        const changes = versions.slice(1).map(({ object }, index) => {
          const before = versions[index]?.object;
          return (
            differs(object.spec, before?.spec) || differs(object.metadata.labels, before?.metadata.labels)
          );
        });
        expect(told.slice(1).map(({ length }) => length)).toEqual(changes.map(Number));
        const keys = told.flat().map(({ key_parts: parts }) => parts.join('|'));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('gives the same keys when it is told again, watched or compared', () => {
    fc.assert(
      fc.property(chains, (chain) => {
        const versions = versionsOf(chain);
        const [once, again] = [toldOf(versions), toldOf(versions, 'compared')];
        const keys = (told: typeof once) => told.flat().map(({ key_parts: parts }) => parts);
        expect(keys(again)).toEqual(keys(once));
      }),
    );
  });

  it('tells of the versions that were seen what differs between them', () => {
    fc.assert(
      fc.property(chains, fc.infiniteStream(fc.boolean()), (chain, seen) => {
        const versions = versionsOf(chain).filter((_, index) => index === 0 || seen.next().value === true);
        const told = toldOf(versions, 'compared').slice(1);
        told.forEach((events, index) => {
          const [before, after] = [versions[index], versions[index + 1]].map((version) => version?.object);
          const isChange =
            differs(after?.spec, before?.spec) || differs(after?.metadata.labels, before?.metadata.labels);
          expect(events).toHaveLength(isChange ? 1 : 0);
          expect(events[0]?.data ?? {}).toMatchObject(differenceOf(before?.spec, after?.spec));
        });
      }),
    );
  });

  it('there and back again and there is three changes, of which the second is a rollback', () => {
    const there: Partial<Wanted> = { image: 'ghcr.io/acme/api:2.0.0' };
    const events = toldOf(versionsOf([there, { image: firstWanted.image }, there]))
      .slice(1)
      .flat();
    expect(events.map(({ type, title }) => [type, title])).toEqual([
      ['deployed', 'api deployed: 1.0.0 → 2.0.0'],
      ['rolled_back', 'api rolled back to 1.0.0'],
      ['deployed', 'api deployed: 1.0.0 → 2.0.0'],
    ]);
    expect(new Set(events.map(({ key_parts: parts }) => parts.join('|'))).size).toBe(3);
  });

  it('labels that go back and forth within one generation are told apart by when they were written', () => {
    const chain = [{ label: 'b' }, { label: 'a' }, { label: 'b' }];
    const events = toldOf(versionsOf(chain)).slice(1).flat();
    expect(events.map(({ type }) => type)).toEqual(['object_edited', 'object_edited', 'object_edited']);
    expect(new Set(events.map(({ key_parts: parts }) => parts.join('|'))).size).toBe(3);
  });
});

/** What a controller may say of a Deployment at some moment, sensible or not. */
const statuses: fc.Arbitrary<JsonObject> = fc.record(
  {
    observedGeneration: fc.integer({ min: 0, max: 6 }),
    replicas: fc.integer({ min: 0, max: 3 }),
    updatedReplicas: fc.integer({ min: 0, max: 3 }),
    availableReplicas: fc.integer({ min: 0, max: 3 }),
    conditions: fc.constantFrom<JsonValue[]>(
      [],
      [{ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }],
      [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
    ),
  },
  { requiredKeys: [] },
);

it('whatever its controller says, each rollout fails at most once, and then at most succeeds', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.option(edits), statuses), { maxLength: 15 }), (chain) => {
      let [wanted, generation] = [firstWanted, 1];
      const versions = chain.map(([edit, status], index) => {
        const next = { ...wanted, ...edit };
        if (differs(specOf(next), specOf(wanted))) generation += 1;
        wanted = next;
        return versionOf(wanted, generation, index * 60, status);
      });
      const outcomes = new Map<string, string[]>();
      for (const { type = '', key_parts: parts } of toldOf(versions).flat()) {
        const rollout = parts[2] ?? '';
        if (type.startsWith('rollout_')) outcomes.set(rollout, [...(outcomes.get(rollout) ?? []), type]);
      }
      for (const told of outcomes.values()) {
        expect(['rollout_failed', 'rollout_succeeded', 'rollout_failed,rollout_succeeded']).toContain(
          told.join(','),
        );
      }
    }),
  );
});

/** What an event has to hold of a difference, found in the plainest way. */
function differenceOf(before: unknown, after: unknown): object {
  const [was, is] = [before, after] as ReturnType<typeof specOf>[];
  return {
    ...(was?.['replicas'] !== is?.['replicas'] && {
      replicas: { old: was?.['replicas'], new: is?.['replicas'] },
    }),
    ...(was?.['paused'] !== is?.['paused'] && { paused: { new: is?.['paused'] === true } }),
  };
}
