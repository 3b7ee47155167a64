import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stored } from '../testing/stored.js';
import { attemptAt } from '../testing/pretend-runs.js';
import { translateDeployment, translateDeploymentStatus } from './deployment.js';
import { translateRunCompleted, translateRunStarted } from './workflow-run.js';

const facts = { host: 'github.com', id: 7, fullName: 'acme/shop', webUrl: 'https://github.com/acme/shop' };
const asked = Date.UTC(2026, 10, 24, 10);
const run = attemptAt({ id: 1, attempts: [{ asked, ends: asked, conclusion: 'failure' }] }, 1, asked);
const job = { name: 'test', conclusion: 'failure', completed_at: '2026-11-24T10:00:00Z', steps: [] };
const deployment = {
  id: 1,
  sha: 'a'.repeat(40),
  ref: 'main',
  environment: 'production',
  creator: { login: 'ada' },
  created_at: '2026-11-24T10:00:00Z',
  updated_at: '2026-11-24T10:00:00Z',
};
/** A workflow's path over which a careless pattern would brood for hours. */
const longPath = `${'@'.repeat(300_000)}\n`;
const status = { id: 2, state: 'success', log_url: '', created_at: '2026-11-24T10:00:00Z' };

/** A payload of which some fields are anything at all. */
const spoilt = (payload: object) =>
  fc
    .dictionary(fc.constantFrom(...Object.keys(payload)), fc.anything({ withNullPrototype: false }), {
      maxKeys: 3,
    })
    .map((fields) => ({ ...payload, ...fields }));

it('makes of anything an event that can be stored, or says that it can’t be read', async () => {
  await fc.assert(
    fc.asyncProperty(
      spoilt(run ?? {}),
      spoilt(job),
      spoilt(deployment),
      spoilt(status),
      async (oneRun, oneJob, oneDeployment, oneStatus) => {
        const made = [
          translateRunStarted(oneRun, facts, {}),
          translateRunCompleted(oneRun, [oneJob, null], facts, {}),
          translateDeployment(oneDeployment, facts, {}),
          translateDeploymentStatus(oneStatus, oneDeployment, null, facts, {}),
        ];
        expect(made.map(({ kind }) => kind)).not.toContain(undefined);
        await stored(made.flatMap((one) => (one.kind === 'events' ? one.events : [])));
      },
    ),
  );
});

it('is through with a long path at once', () => {
  expect(translateRunStarted({ ...run, name: null, path: longPath }, facts, {})).toMatchObject({
    events: [{ title: 'Workflow #1 started on main' }],
  });
});

it('links to no address of a repository that a browser must not go to', () => {
  const made = translateDeployment(deployment, { ...facts, webUrl: 'javascript:alert(1)' }, {});
  expect(made).toMatchObject({ kind: 'events' });
  expect(JSON.stringify(made)).not.toContain('javascript:');
});

it('makes of texts and lists of any length events that can be stored', async () => {
  const long = 'x'.repeat(1_000_000);
  const places = { environment: long, ref: long, task: long, description: long };
  const steps = Array.from({ length: 300 }, () => ({ name: long.slice(0, 2_000), conclusion: 'failure' }));
  const jobs = Array.from({ length: 300 }, () => ({ ...job, name: long.slice(0, 2_000), steps }));
  const pulls = Array.from({ length: 20_000 }, (_, index) => ({
    number: index + 1,
    base: { repo: { id: 7 } },
  }));
  const longRun = { ...run, name: long, display_title: long, head_branch: long, pull_requests: pulls };
  const made = [
    translateRunStarted(longRun, facts, {}),
    translateRunCompleted(longRun, jobs, facts, {}),
    translateDeployment({ ...deployment, ...places }, facts, {}),
    translateDeploymentStatus({ ...status, state: long }, { ...deployment, ...places }, null, facts, {}),
  ];
  expect(made[1]).toMatchObject({ events: [{ data: { failed_jobs: { length: 100 } } }] });
  await stored(made.flatMap((one) => (one.kind === 'events' ? one.events : [])));
});
