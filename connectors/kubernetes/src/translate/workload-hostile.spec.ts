import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allNoise, cluster, firstWanted, instantAt, versionOf } from '../testing/workload-life.js';
import { translateAutoscaler, translateCronJob } from './cron-job.js';
import type { FieldManager, Kept, Step } from './facts.js';
import { keepJob, translateJob } from './job.js';
import { keepWorkload } from './kept-workload.js';
import { keepSettings } from './settings.js';
import { translateWorkload } from './workload.js';

const sighting = { at: instantAt(60) };
const json = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<JsonValue>;
const jsonObject = fc.dictionary(fc.string({ maxLength: 5 }), json);

/** A real object in which some place holds something else. */
const spoilt = fc
  .tuple(fc.constantFrom('metadata', 'spec', 'status'), fc.string({ maxLength: 5 }), json, fc.boolean())
  .map(([part, key, value, isWhole]): JsonObject => {
    const { object } = versionOf(firstWanted, 1, 0, {
      observedGeneration: 1,
      conditions: [{ type: 'Progressing' }],
    });
    const names = Object.keys((object[part] ?? {}) as JsonObject);
    const name = names[key.length % (names.length + 1)] ?? key;
    return { ...object, [part]: isWhole ? value : { ...(object[part] as JsonObject), [name]: value } };
  });

const managers = fc.array(
  fc.record({
    manager: fc.string(),
    operation: fc.string(),
    time: fc.option(fc.string(), { nil: undefined }),
    fields: jsonObject,
  }),
  { maxLength: 3 },
) as unknown as fc.Arbitrary<FieldManager[]>;

const kinds: Record<string, [(object: JsonObject) => Kept | undefined, (step: Step) => { kind: string }]> = {
  workload: [
    (object) => keepWorkload('Deployment', object, allNoise),
    (step) => translateWorkload('Deployment', step, cluster, sighting),
  ],
  rollout: [
    (object) => keepWorkload('Rollout', object, allNoise),
    (step) => translateWorkload('Rollout', step, cluster, sighting),
  ],
  job: [(object) => keepJob(object, allNoise), (step) => translateJob(step, [], cluster, sighting)],
  cronJob: [(object) => keepSettings(object, allNoise), (step) => translateCronJob(step, cluster, sighting)],
  autoscaler: [
    (object) => keepSettings(object, allNoise),
    (step) => translateAutoscaler(step, cluster, sighting),
  ],
};

describe.each(Object.entries(kinds))('of a %s', (_, [keep, translate]) => {
  const known = keep(versionOf(firstWanted, 1, 0).object) ?? null;

  it('whatever an object holds, something is said and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(spoilt, jsonObject), managers, (object, owners) => {
        const kept = keep(object) ?? null;
        for (const step of [
          { before: null, after: kept },
          { before: known, after: kept },
          { before: kept, after: known },
        ]) {
          expect(['events', 'ignored', 'unsupported']).toContain(
            translate({ ...step, managers: owners }).kind,
          );
        }
      }),
    );
  });

  it('whatever was kept by another version is read or not', () => {
    fc.assert(
      fc.property(jsonObject, (kept) => {
        const { kind } = translate({ before: kept, after: known, managers: [] });
        expect(['events', 'ignored', 'unsupported']).toContain(kind);
      }),
    );
  });

  it('what is kept is kept alike a second time', () => {
    fc.assert(
      fc.property(spoilt, (object) => {
        const received = () => JSON.parse(JSON.stringify(object)) as JsonObject;
        expect(keep(received())).toEqual(keep(received()));
      }),
    );
  });
});
