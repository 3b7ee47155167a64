import { NewEvent } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConnections } from './connections.js';
import { eventOfRow, type V1Row } from './event-of-row.js';

const connections = readConnections(
  [
    {
      id: 3,
      name: 'Work repositories',
      type: 'github',
      config: { token: 'ghp_x' },
      tags: 'backend, critical',
    },
  ],
  new Set(['3']),
);
const of = (row: V1Row) => eventOfRow(row, { identity: 'db', connections });

const pullRequest: V1Row = {
  id: 41,
  connection_id: 3,
  external_id: 'github-pr-7',
  source: 'github',
  event_type: 'PR',
  title: 'PR #7: Faster checkout',
  description: 'It is faster.',
  timestamp: '2025-12-17T10:35:00.123',
  url: 'https://github.com/acme/api/pull/7',
  status: 'Merged',
  metadata: { repository: 'acme/api', author: 'kim' },
  event_metadata: { head: 'fast' },
  created_at: '2025-12-17T10:36:00',
  column_of_a_later_version: 'kept',
};

describe('eventOfRow', () => {
  it('is an event that the contract takes, with everything that the row said', () => {
    expect(NewEvent.parse(of(pullRequest))).toEqual({
      key: 'v1:db:change_event:41',
      title: 'PR #7: Faster checkout',
      connector: 'github',
      project: 'acme/api',
      timestamp: '2025-12-17T10:35:00.123Z',
      type: 'PR',
      status: 'Merged',
      actor: 'kim',
      url: 'https://github.com/acme/api/pull/7',
      tags: ['backend', 'critical', 'Work repositories'],
      backfill: true,
      data: {
        event_type: 'PR',
        external_id: 'github-pr-7',
        description: 'It is faster.',
        url: 'https://github.com/acme/api/pull/7',
        metadata: { repository: 'acme/api', author: 'kim' },
        event_metadata: { head: 'fast' },
        created_at: '2025-12-17T10:36:00',
        column_of_a_later_version: 'kept',
        v1: { id: 41, source: 'github', connection: 'Work repositories' },
      },
    });
  });

  it('names a cluster and its namespace as v2 does, and shows no address that is no page', () => {
    const event = of({
      ...pullRequest,
      source: 'Kubernetes',
      url: 'k8s://prod/shop/pods/x',
      metadata: { cluster: 'prod', namespace: 'shop' },
    });
    expect(event).toMatchObject({ connector: 'kubernetes', project: 'prod/shop' });
    expect(event).not.toHaveProperty('url');
    expect(event['data']).toMatchObject({ url: 'k8s://prod/shop/pods/x' });
  });

  it('reads the columns of earlier versions', () => {
    const event = of({
      id: 1,
      source: 'GitLab',
      event_id: 'mr-1',
      title: 't',
      description: { related: [] },
      author: 'lee',
      timestamp: '2025-11-01T00:00:00+00',
      metadata: null,
    });
    expect(NewEvent.parse(event)).toMatchObject({
      connector: 'gitlab',
      project: 'GitLab',
      actor: 'lee',
      timestamp: '2025-11-01T00:00:00+00:00',
      data: { event_id: 'mr-1', description: { related: [] } },
    });
  });

  it('keeps names of pipeline variables and none of their values', () => {
    const event = of({ ...pullRequest, event_metadata: { variables: [{ key: 'TOKEN', value: 'glpat-1' }] } });
    expect(event['data']).toMatchObject({ event_metadata: { variables: ['TOKEN'] } });
    expect(JSON.stringify(event)).not.toContain('glpat');
  });

  it('keeps an address, and not who is let in by it', () => {
    for (const [given, kept] of [
      ['https://kim:ghp_1@github.com/acme/api/pull/7', 'https://github.com/acme/api/pull/7'],
      ['ssh://git:ghp_1@git.acme.test/api', 'ssh://git.acme.test/api'],
      ['https://github.com/@kim?to=a@b.test', 'https://github.com/@kim?to=a@b.test'],
    ]) {
      const event = of({ ...pullRequest, url: given ?? null });
      expect(event['data']).toMatchObject({ url: kept });
      expect(event['url']).toBe(kept?.startsWith('https:') ? kept : undefined);
    }
  });

  it('leaves out what is missing, so that the API refuses it with the reason', () => {
    const fault = NewEvent.safeParse(of({ id: 5, timestamp: 'infinity', title: ' ' }));
    expect(fault.error?.issues.map(({ path }) => path[0])).toEqual(['title', 'project', 'timestamp']);
  });

  it('makes of any row something that can be judged, with the same key each time', () => {
    const row = fc.dictionary(fc.constantFrom(...Object.keys(pullRequest)), fc.jsonValue());
    fc.assert(
      fc.property(row, (changes) => {
        const event = of({ ...pullRequest, ...(changes as V1Row), id: 9 });
        expect(event.key).toBe('v1:db:change_event:9');
        const paths = NewEvent.safeParse(event).error?.issues.map(({ path }) => String(path[0])) ?? [];
        expect(['title', 'project', 'timestamp']).toEqual(expect.arrayContaining(paths));
      }),
    );
  });
});
