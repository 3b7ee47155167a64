import type { Translation } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { translateDeployment, translateDeploymentStatus } from '../deployment.js';
import { translateWebhook } from '../webhook.js';
import { translateRunCompleted, translateRunStarted } from '../workflow-run.js';

const facts = { host: 'github.com', id: 7, fullName: 'acme/shop', webUrl: 'https://github.com/acme/shop' };
const delivery = { id: '5d2c1a8e-0000-4000-8000-000000000001', receivedAt: '2026-11-24T10:00:00Z' };
const repository = { id: 7, full_name: 'acme/shop', html_url: 'https://github.com/acme/shop' };

const run = {
  id: 41,
  name: 'CI',
  run_number: 12,
  run_attempt: 2,
  status: 'completed',
  conclusion: 'success',
  head_sha: 'a'.repeat(40),
  created_at: '2026-11-24T09:00:00Z',
  run_started_at: '2026-11-24T09:50:00Z',
  updated_at: '2026-11-24T09:55:00Z',
};
/** As a poll sees it later, when something has touched it. */
const touched = { ...run, updated_at: '2026-11-24T10:30:00Z' };
const deployment = {
  id: 51,
  sha: 'a'.repeat(40),
  ref: 'main',
  environment: 'production',
  created_at: '2026-11-24T09:50:00Z',
  updated_at: '2026-11-24T09:50:00Z',
};
const status = { id: 61, state: 'success', created_at: '2026-11-24T09:55:00Z' };

function keyOf(translation: Translation): readonly string[] {
  const [event] = translation.kind === 'events' ? translation.events : [];
  if (!event) throw new Error('there is no event');
  return event.key_parts;
}

const said = (event: string, payload: object, host = 'github.com') =>
  translateWebhook(event, { ...payload, repository }, host, delivery);

describe('a webhook and a poll of the same fact give one key', () => {
  it.each([
    {
      what: 'a run that has started',
      webhook: said('workflow_run', {
        action: 'in_progress',
        workflow_run: { ...run, status: 'in_progress' },
      }),
      poll: translateRunStarted(touched, facts, {}),
    },
    {
      what: 'a run that has completed',
      webhook: said('workflow_run', { action: 'completed', workflow_run: run }),
      poll: translateRunCompleted(touched, [], facts, {}),
    },
    {
      what: 'a deployment',
      webhook: said('deployment', { action: 'created', deployment }),
      poll: translateDeployment({ ...deployment, updated_at: '2026-11-24T11:00:00Z' }, facts, {}),
    },
    {
      what: 'a state of a deployment',
      webhook: said('deployment_status', { action: 'created', deployment, deployment_status: status }),
      poll: translateDeploymentStatus(status, deployment, 'pending', facts, {}),
    },
  ])('$what', ({ webhook, poll }) => {
    expect(keyOf(webhook)).toEqual(keyOf(poll));
  });

  it('but not of another host, nor of another attempt', () => {
    const completed = (of: object, host?: string) =>
      keyOf(said('workflow_run', { action: 'completed', workflow_run: of }, host));
    expect(completed(run, 'github.example.com')).not.toEqual(completed(run));
    expect(completed({ ...run, run_attempt: 1 })).not.toEqual(completed(run));
  });
});
