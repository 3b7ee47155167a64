import type { StoredEvent } from '@painchain/contract';
import { readField } from '@painchain/query';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { plainEvent } from '../../testing/plain-event.js';
import { EventFacts, factsOf } from './event-facts.js';

const full: StoredEvent = {
  id: 'evt_1',
  title: 'Rollout of api',
  connector: 'cluster',
  project: 'acme/api',
  timestamp: '2026-11-24T10:35:00.000000Z',
  received_at: '2026-11-24T10:35:01.000000Z',
  type: 'rollout',
  status: 'failure',
  actor: 'ada',
  url: 'javascript:alert(1)',
  environment: 'production',
  severity: 'high',
  subject: 'acme/api/rollout/7',
  tags: ['web', 'tier-1'],
  refs: ['change:acme/api#12'],
  time_precision: 'gap',
  backfill: true,
  integration_id: 'int_1',
  key: 'k-1',
  data: {},
  sent_at: null,
};
const bare = plainEvent({ id: 'evt_2', timestamp: full.timestamp });

function render(event: StoredEvent, isHidden?: (name: string) => boolean): string {
  return renderToStaticMarkup(
    <EventFacts facts={factsOf(event)} isHidden={isHidden} onValue={() => undefined} />,
  );
}

describe('the fields of every event', () => {
  it('are all fields of the query language, so that each can be asked for', () => {
    const names = factsOf(full).map(({ name }) => name);
    expect(names.filter((name) => readField(name) === undefined)).toEqual([]);
  });

  it('are left out where they are empty or hidden', () => {
    expect(factsOf(bare).map(({ name }) => name)).toEqual([
      'project',
      'connector',
      'timestamp',
      'received_at',
      'id',
      'key',
    ]);
    expect(render(full)).toContain('acme/api/rollout/7');
    expect(render(full, (name) => name === 'subject')).not.toContain('acme/api/rollout/7');
  });

  it('offer each of several values by itself, and never a link that would run', () => {
    expect(render(full)).toMatch(/<button[^>]*title="Only events with the tag web"/);
    expect(render(full)).not.toContain('href');
  });
});
