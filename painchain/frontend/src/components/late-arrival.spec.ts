import { describe, expect, it } from 'vitest';
import { plainRow } from '../testing/plain-event.js';
import { lateArrival } from './late-arrival.js';

const row = plainRow({
  id: 'evt_1',
  title: 'Deployed',
  connector: 'test',
  timestamp: '2026-11-24T10:20:00.000000Z',
  received_at: '2026-11-24T10:34:00.000000Z',
  integration_id: 'int_1',
});

describe('a late arrival', () => {
  it('is told by how long after it happened it came', () => {
    expect(lateArrival(row)).toBe(14 * 60);
  });

  it('is nothing that came as fast as polling is', () => {
    expect(lateArrival({ ...row, received_at: '2026-11-24T10:21:30.000000Z' })).toBeUndefined();
  });

  it.each([{ backfill: true }, { time_precision: 'gap' as const }, { integration_id: null }])(
    'is nothing that comes late by nature: %j',
    (part) => {
      expect(lateArrival({ ...row, ...part })).toBeUndefined();
    },
  );
});
