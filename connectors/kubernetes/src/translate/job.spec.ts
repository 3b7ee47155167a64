import { describe, expect, it } from 'vitest';
import { allNoise, cluster, instantAt } from '../testing/workload-life.js';
import { keepJob, translateJob } from './job.js';
import type { NoiseRule } from './noise-rules.js';

const failed = {
  failed: 4,
  conditions: [
    { type: 'FailureTarget', status: 'True' },
    {
      type: 'Failed',
      status: 'True',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
      lastTransitionTime: instantAt(50),
    },
  ],
};
const complete = { succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] };
const ofCronJob = [{ kind: 'CronJob', name: 'nightly', uid: 'uid-c', controller: true }];

function jobWith(status: object, owners: object[] = []) {
  const object = {
    metadata: { uid: 'uid-j', name: 'migrate', namespace: 'shop', ownerReferences: owners },
    spec: { template: { spec: { containers: [{ name: 'run', image: 'acme/migrate:7', env: [] }] } } },
    status,
  };
  return keepJob(JSON.parse(JSON.stringify(object)), allNoise) ?? null;
}

function told(
  before: ReturnType<typeof jobWith>,
  after: ReturnType<typeof jobWith>,
  quiet: NoiseRule[] = all,
) {
  return translateJob({ before, after, managers: [] }, quiet, cluster, { at: instantAt(60) });
}

const all: NoiseRule[] = ['cronjob_jobs', 'owned_objects', 'finished_jobs'];

describe('a Job of its own', () => {
  it('is told when it is made, fails or succeeds', () => {
    expect(told(null, jobWith({}))).toMatchObject({ events: [{ type: 'workload_created' }] });
    expect(told(jobWith({ active: 1 }), jobWith(failed))).toMatchObject({
      events: [
        {
          type: 'job_failed',
          title: 'Job migrate failed: BackoffLimitExceeded',
          subject: 'prod/shop/job/migrate',
          timestamp: instantAt(50),
          data: { pods: { failed: 4, succeeded: 0 } },
        },
      ],
    });
    expect(told(jobWith({}), jobWith(complete))).toMatchObject({ events: [{ type: 'job_succeeded' }] });
  });

  it('is told when it is deleted before it has ended, not when it is cleared away', () => {
    expect(told(jobWith({}), null)).toMatchObject({ events: [{ type: 'workload_deleted' }] });
    expect(told(jobWith(complete), null)).toEqual({ kind: 'ignored', reason: 'finished_jobs' });
  });

  it('that is found when it has failed already is told with that', () => {
    expect(told(null, jobWith(failed))).toMatchObject({
      events: [{ type: 'workload_created' }, { type: 'job_failed' }],
    });
  });
});

describe('a Job of a CronJob', () => {
  it('is silent unless it fails, which belongs to its CronJob', () => {
    const ignored = { kind: 'ignored', reason: 'cronjob_jobs' };
    const running = jobWith({}, ofCronJob);
    expect(told(null, running)).toEqual(ignored);
    expect(told(running, jobWith(complete, ofCronJob))).toEqual(ignored);
    expect(told(running, null)).toEqual(ignored);
    expect(told(running, jobWith(failed, ofCronJob))).toMatchObject({
      events: [
        { type: 'job_failed', subject: 'prod/shop/cronjob/nightly', data: { owner: { name: 'nightly' } } },
      ],
    });
  });

  it('is told when the rule is switched off', () => {
    expect(told(null, jobWith({}, ofCronJob), [])).toMatchObject({ events: [{ type: 'workload_created' }] });
  });
});

it('a Job that can’t be read is not supported', () => {
  expect(told({}, jobWith({}))).toEqual({ kind: 'unsupported', what: 'Job' });
});
