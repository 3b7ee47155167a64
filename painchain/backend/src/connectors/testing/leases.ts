import type { SourceProgress } from '@painchain/contract';
import { Database } from '../../database/database.js';
import { ProblemError } from '../../problem/problem-error.js';
import { LeaseService } from '../lease.service.js';
import { proofOf, type TestApi } from './test-api.js';

/** The code of the problem that something fails with, or `done`. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
}

/** What ingest does under a lease: fence, move, commit. */
export function deliver(
  api: TestApi,
  lease: { integration_id: string; epoch: number },
  sources: SourceProgress[] = [],
): Promise<{ source: string; version: number }[]> {
  const leases = api.get(LeaseService);
  return api.get(Database).inTenant(1, async (sql) => {
    const { integrationId, type } = await leases.fence(sql, 1, proofOf(lease));
    return leases.advanceSources(sql, 1, integrationId, sources, type);
  });
}

/** Lets the time of every lease run out. */
export async function expireLeases(api: TestApi): Promise<void> {
  await api.db.asOwner(`update integrations set lease_until = now() - interval '1 second'`);
}

/** Forgets all integrations and connectors, and lets the owner see those of all tenants. */
export async function clear(api: TestApi): Promise<void> {
  await api.db.asOwner(`set app.across_tenants = 'connectors'`);
  await api.db.asOwner('delete from integrations');
  await api.db.asOwner('delete from connectors');
}
