import type { TestDatabase } from '../../database/testing/test-database.js';
import { countedDays, countedSlots } from '../../query/event-counts.js';
import { type SampleEvent, type StoredSample, storeSamples } from '../../query/testing/sample-events.js';

/** Counts all events that are stored, as ingest does with each. */
export async function countStored({ asOwner }: TestDatabase): Promise<void> {
  await asOwner('truncate event_days, event_slots');
  const tenants = await asOwner<{ id: number }>('select id from tenants');
  for (const { id } of tenants) {
    const own = `(select * from events where tenant_id = ${id}) as own`;
    await asOwner(`insert into event_days (tenant_id, field, day, value, count)
      select ${id}, field, day, value, count from (${countedDays(own)}) as counted`);
    await asOwner(`insert into event_slots (tenant_id, minutes, slot, connector, status, count)
      select ${id}, minutes, slot, connector, status, count from (${countedSlots(own)}) as counted`);
  }
}

/** Stores events for a tenant with everything that is kept beside them. */
export async function storeCounted(
  test: TestDatabase,
  tenantId: number,
  events: readonly SampleEvent[],
): Promise<StoredSample[]> {
  const stored = await storeSamples(test, tenantId, events);
  await countStored(test);
  return stored;
}
