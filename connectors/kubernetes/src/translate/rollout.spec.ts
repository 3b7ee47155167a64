import type { JsonObject } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { type Rolling, type Rollout, rolloutOf } from './rollout.js';

function rolling(kind: string, status: JsonObject, more: Partial<Rolling> = {}): Rolling {
  return { kind, generation: 2, replicas: 3, partition: 0, status, ...more };
}

const started: Rollout = { state: 'progressing', of: 2 };
const full = {
  observedGeneration: 2,
  replicas: 3,
  updatedReplicas: 3,
  readyReplicas: 3,
  availableReplicas: 3,
};
const stuck = {
  ...full,
  updatedReplicas: 1,
  conditions: [
    {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: 'It has timed out.',
    },
    { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'The quota is used up.' },
  ],
};

function stateOf(
  kind: string,
  status: JsonObject,
  more: Partial<Rolling> = {},
  before: Rollout = started,
): string {
  return rolloutOf(rolling(kind, status, more), 2, before).state;
}

describe('a rollout of a Deployment', () => {
  it('succeeds once everything is updated and available and nothing old is left', () => {
    expect(stateOf('Deployment', full)).toBe('succeeded');
    expect(stateOf('Deployment', { ...full, availableReplicas: 2 })).toBe('progressing');
    expect(stateOf('Deployment', { ...full, replicas: 4 })).toBe('progressing');
    expect(stateOf('Deployment', { ...full, observedGeneration: 1 })).toBe('progressing');
    expect(stateOf('Deployment', { observedGeneration: 2 }, { replicas: 0 })).toBe('succeeded');
  });

  it('fails at its deadline, with every reason that is known', () => {
    expect(rolloutOf(rolling('Deployment', stuck), 2, started)).toMatchObject({
      state: 'failed',
      reason: 'ProgressDeadlineExceeded',
      message: 'It has timed out. The quota is used up.',
      counts: { desired: 3, updated: 1 },
    });
  });

  it('that has failed stays as it is told until it succeeds after all', () => {
    const failed = rolloutOf(rolling('Deployment', stuck), 2, started);
    expect(rolloutOf(rolling('Deployment', { ...stuck, readyReplicas: 0 }), 2, failed)).toBe(failed);
    expect(rolloutOf(rolling('Deployment', full), 2, failed).state).toBe('succeeded');
  });

  it('that has succeeded is not undone by pods that fail later', () => {
    const succeeded = rolloutOf(rolling('Deployment', full), 2, started);
    expect(rolloutOf(rolling('Deployment', { ...full, availableReplicas: 0 }), 2, succeeded)).toBe(succeeded);
  });

  it('is long past where its controller says so to whoever sees it first', () => {
    const conditions = [{ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }];
    const status = { ...full, availableReplicas: 1, conditions };
    expect(rolloutOf(rolling('Deployment', status), 2, undefined).state).toBe('succeeded');
    expect(stateOf('Deployment', status)).toBe('progressing');
  });
});

describe('a rollout of another kind', () => {
  it('of a StatefulSet succeeds with its revision, or above its partition', () => {
    const moving = { ...full, currentRevision: 'a', updateRevision: 'b', updatedReplicas: 1 };
    expect(stateOf('StatefulSet', moving)).toBe('progressing');
    expect(stateOf('StatefulSet', moving, { partition: 2 })).toBe('succeeded');
    expect(stateOf('StatefulSet', { ...moving, currentRevision: 'b' })).toBe('succeeded');
    const { availableReplicas: _, ...old } = full;
    expect(stateOf('StatefulSet', { ...old, currentRevision: 'b', updateRevision: 'b' })).toBe('succeeded');
  });

  it('of a DaemonSet succeeds on all of its nodes', () => {
    const status = {
      observedGeneration: 2,
      desiredNumberScheduled: 2,
      updatedNumberScheduled: 2,
      numberReady: 2,
    };
    expect(stateOf('DaemonSet', status)).toBe('progressing');
    expect(stateOf('DaemonSet', { ...status, numberAvailable: 2 })).toBe('succeeded');
  });

  it('of Argo’s Rollout goes by its phase, and its generation is a text', () => {
    expect(stateOf('Rollout', { observedGeneration: '2', phase: 'Healthy' })).toBe('succeeded');
    expect(stateOf('Rollout', { observedGeneration: '2', phase: 'Paused' })).toBe('progressing');
    expect(stateOf('Rollout', { observedGeneration: '1', phase: 'Healthy' })).toBe('progressing');
    const aborted = {
      observedGeneration: '2',
      phase: 'Degraded',
      abort: true,
      message: 'The metric failed.',
    };
    expect(rolloutOf(rolling('Rollout', aborted), 2, started)).toMatchObject({
      state: 'failed',
      reason: 'RolloutAborted',
      message: 'The metric failed.',
    });
  });

  it.each([null, 7, 'text', { conditions: 'none' }, { observedGeneration: {} }])(
    'with a status of %j goes on',
    (status) => {
      expect(rolloutOf({ ...rolling('Deployment', {}), status }, 2, started)).toEqual(started);
    },
  );
});
