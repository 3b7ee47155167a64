import { describe, expect, it } from 'vitest';
import { hasRecorded, recordedRows } from '../testing/recorded.js';
import { stored } from '../testing/stored.js';
import { translateWebhook } from './webhook.js';

const delivery = { id: '5d2c1a8e-0000-4000-8000-000000000001', receivedAt: '2026-11-24T10:00:00Z' };

interface Recorded {
  source: string;
  kind: string;
  payload: object;
}

/** Kinds of which one is a change by itself, whatever it says. */
const telling = /^(?:push|tag_push|project_create|project_rename)$/;

describe.skipIf(!hasRecorded)('recorded webhooks (skipped without shared/data)', () => {
  const rows = recordedRows<Recorded>('webhooks.ndjson');
  const made = rows.map((row) => ({ ...row, made: translateWebhook(row.payload, 'gitlab.com', delivery) }));

  it('are an event or have a reason', async () => {
    const events = made.flatMap((row) => (row.made.kind === 'events' ? row.made.events : []));
    expect(rows).toHaveLength(70);
    expect(made.filter((row) => row.made.kind === 'unsupported')).toEqual([]);
    expect((await stored(events)).length).toBeGreaterThan(20);
  });

  it('are told where they are a change', () => {
    const untold = made.filter(
      ({ kind, made: { kind: became } }) => telling.test(kind) && became !== 'events',
    );
    expect(untold).toEqual([]);
  });

  it('have keys that begin with the host, another for another one', () => {
    const keysAt = (host: string) =>
      rows.flatMap(({ payload }) => {
        const translation = translateWebhook(payload, host, delivery);
        return translation.kind === 'events' ? translation.events.map(({ key_parts }) => key_parts) : [];
      });
    const [one, other] = [keysAt('one.test'), keysAt('other.test/gitlab')];
    expect(one.every(([host]) => host === 'one.test')).toBe(true);
    expect(one.map(([, ...rest]) => rest)).toEqual(other.map(([, ...rest]) => rest));
  });
});

describe('a webhook', () => {
  it('of a kind that nobody knows is unsupported, however it is called', () => {
    for (const kind of ['brand_new', 'constructor', '__proto__', 'toString', '', undefined]) {
      const payload = { object_kind: kind, project: { id: 1 } };
      expect(translateWebhook(payload, 'gitlab.com', delivery).kind).toBe('unsupported');
    }
    for (const odd of [null, 7, 'push', [], undefined]) {
      expect(translateWebhook(odd, 'gitlab.com', delivery).kind).toBe('unsupported');
    }
  });

  it('of a member, a token, a flag or a group says why it is none of a project’s changes', () => {
    const reasons = [
      'user_add_to_team',
      'access_token',
      'feature_flag',
      'group_rename',
      'emoji',
      'milestone',
    ].map((kind) => translateWebhook({ object_kind: kind }, 'gitlab.com', delivery));
    expect(reasons.map((made) => made.kind === 'ignored' && made.reason)).toEqual([
      'who may do what',
      'alerts and expiries',
      'told by polling, which knows more of it',
      'not about one project',
      'conversation',
      'planning',
    ]);
  });
});
