import type { JsonObject } from '@painchain/connector-sdk';
import { expect, it } from 'vitest';
import {
  type Version,
  type Wanted,
  allNoise,
  cluster,
  firstWanted,
  toldOf,
  versionOf,
} from '../testing/workload-life.js';
import { keepWorkload } from './kept-workload.js';
import { translateWorkload } from './workload.js';

const succeeded = (generation: number) => ({
  observedGeneration: generation,
  replicas: 2,
  updatedReplicas: 2,
  availableReplicas: 2,
});

function seen(edit: Partial<Wanted>, generation: number, seconds: number): Version {
  return versionOf({ ...firstWanted, ...edit }, generation, seconds, succeeded(generation));
}

/** As an API server shows it that fills in more. */
function upgraded({ object, ...version }: Version): Version {
  const spec = object['spec'] as { template: { spec: JsonObject } };
  const template = { ...spec.template, spec: { ...spec.template.spec, schedulerName: 'default-scheduler' } };
  return { ...version, object: { ...object, spec: { ...spec, template } } };
}

it('what an upgraded API server fills in is neither a change nor a rollout, and no change is missed behind it', () => {
  const told = toldOf(
    [
      seen({}, 1, 0),
      upgraded(seen({}, 1, 60)),
      upgraded(seen({ image: 'ghcr.io/acme/api:2' }, 2, 120)),
      upgraded(seen({}, 3, 180)),
    ],
    'compared',
  );
  expect(told.slice(1).map((events) => events.map(({ type }) => type))).toEqual([
    [],
    ['deployed', 'rollout_succeeded'],
    ['rolled_back', 'rollout_succeeded'],
  ]);
  const [before = null, after = null] = [seen({}, 1, 0), upgraded(seen({}, 1, 60))].map(({ object }) =>
    keepWorkload('Deployment', object, allNoise),
  );
  const step = { before, after, managers: [] };
  expect(translateWorkload('Deployment', step, cluster, { at: '2026-11-24T10:01:00Z' })).toEqual({
    kind: 'ignored',
    reason: 'defaults',
  });
});

it('a label that changes while an API server fills in more is told alone', () => {
  const [, events] = toldOf([seen({}, 1, 0), upgraded(seen({ label: 'b' }, 1, 60))]);
  expect(events).toMatchObject([
    { type: 'object_edited', data: { changes: [{ path: 'metadata.labels.team' }] } },
  ]);
});

it('the outcome of a rollout has the same key whichever generations were seen of it', () => {
  const image = 'ghcr.io/acme/api:2';
  const numbered = (version: Version) => {
    version.object.metadata['annotations'] = { 'deployment.kubernetes.io/revision': '2' };
    return version;
  };
  const outcomes = (versions: Version[]) =>
    toldOf(versions)
      .flat()
      .filter(({ type }) => type === 'rollout_succeeded')
      .map(({ key_parts: parts }) => parts.join(' '));
  const deployed = numbered(seen({ image }, 2, 60));
  const scaled = numbered(seen({ image, replicas: 1 }, 3, 120));
  const [, each] = outcomes([seen({}, 1, 0), deployed, scaled]);
  const [, late] = outcomes([seen({}, 1, 0), scaled]);
  expect(each).toBe('cluster-uid uid-1 revision 2 rollout_succeeded');
  expect(late).toBe(each);
});
