import { type NewIntegration, contractVersion } from '@painchain/contract';
import { createLogger } from '@painchain/runtime';
import { HttpError } from '@painchain/runtime/http';
import { describe, expect, it, vi } from 'vitest';
import type { BackendClient } from '../backend/backend-client.js';
import { SourceError } from '../source-error.js';
import { InstantClock } from '../testing/clocks.js';
import { connectorOf } from '../testing/life-fixture.js';
import { join } from './join.js';

const manifest = connectorOf(() => []).manifest as Exclude<ReturnType<typeof connectorOf>['manifest'], URL>;
const integration = { name: 'numbers-team', group: 'team', config: { path: '/x' }, path: 'config.yaml' };
const answer = { connector_id: 'con_1', heartbeat_seconds: 15, lease_seconds: 60 };

/** Joins a backend that first answers with these errors. */
async function joinAfter(errors: Error[]) {
  const clock = new InstantClock();
  const log = createLogger({ name: 'test', level: 'silent' });
  const said = [vi.spyOn(log, 'warn'), vi.spyOn(log, 'error')];
  const registered: unknown[] = [];
  const upserted: NewIntegration[] = [];
  const client = {
    register: async (registration: unknown) => {
      const error = errors.shift();
      if (error) throw error;
      registered.push(registration);
      return answer;
    },
    upsertIntegration: async (given: NewIntegration) => void upserted.push(given),
  } as unknown as BackendClient;
  const identity = { instanceId: 'one', version: '2.0.0', manifest, integration };
  expect(await join(identity, { client, clock, log }, new AbortController().signal)).toEqual(answer);
  const [warnings = [], failures = []] = said.map((spy) => spy.mock.calls.map(([fields]) => fields));
  return { clock, registered, upserted, warnings, failures };
}

describe('joining', () => {
  it('says who it is and brings the integration of its file', async () => {
    const { registered, upserted } = await joinAfter([]);
    expect(registered).toEqual([
      { instance_id: 'one', type: 'numbers', version: '2.0.0', contract_version: contractVersion, manifest },
    ]);
    expect(upserted).toEqual([
      {
        type: 'numbers',
        name: 'numbers-team',
        group: 'team',
        config: { path: '/x' },
        file: { path: 'config.yaml', instance_id: 'one' },
      },
    ]);
  });

  it('brings no integration when it has none of its own', async () => {
    const clock = new InstantClock();
    const upsertIntegration = vi.fn<BackendClient['upsertIntegration']>();
    const client = { register: () => Promise.resolve(answer), upsertIntegration } as unknown as BackendClient;
    const log = createLogger({ name: 'test', level: 'silent' });
    const identity = { instanceId: 'one', version: '2.0.0', manifest, integration: undefined };
    await join(identity, { client, clock, log }, new AbortController().signal);
    expect(upsertIntegration).not.toHaveBeenCalled();
  });

  it('waits for a backend that is not there yet, and says so once', async () => {
    const away = () => new HttpError('network', 'no answer');
    const { clock, warnings } = await joinAfter([away(), away(), away(), away()]);
    expect(clock.sleeps).toEqual([500, 1_000, 2_000, 4_000]);
    expect(warnings).toHaveLength(1);
  });

  it('tells the remedy of a refusal and tries again every minute', async () => {
    const problem = {
      type: 'urn:painchain:problem:incompatible-contract',
      title: 'This connector speaks another version of the contract',
      status: 422,
      detail: 'Run a connector of version 2.',
    };
    const refusal = () =>
      new HttpError('status', 'answered 422', {
        status: 422,
        headers: { 'content-type': 'application/problem+json' },
        body: JSON.stringify(problem),
      });
    const { clock, failures } = await joinAfter([refusal(), refusal()]);
    expect(clock.sleeps).toEqual([60_000, 60_000]);
    expect(failures).toMatchObject([
      { code: 'incompatible-contract', detail: problem.detail, remedy: problem.detail },
      { code: 'incompatible-contract' },
    ]);
  });

  it('asks for the connector key when the backend does not know the one it has', async () => {
    const { failures } = await joinAfter([new HttpError('status', 'answered 401', { status: 401 })]);
    expect(failures).toMatchObject([{ remedy: expect.stringContaining('PAINCHAIN_API_KEY_FILE') as string }]);
  });

  it('looks again soon for a key that the backend is about to make', async () => {
    const missing = () =>
      new SourceError({ code: 'key-missing', detail: 'd', remedy: 'r', kind: 'configuration' });
    const { clock, warnings, failures } = await joinAfter([missing(), missing()]);
    expect(clock.sleeps).toEqual([500, 1_000]);
    expect([warnings.length, failures.length]).toEqual([1, 0]);
  });
});
