import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Copied } from './manifest.js';
import { named, type Table } from './tables.js';

/** What makes the same rows the same bytes, whatever the server is set to. */
export const plainText = `set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'postgres';
  set local extra_float_digits = 1; set local statement_timeout = 0; set local bytea_output = 'hex'`;

/**
 * Reads the rows of a tenant, or of a table that has none, in the order of their key, and gives them to `take`. Row
 * security may bind who reads, so the tenant is that of the transaction as well.
 */
export async function copyOut(
  client: Client,
  { table, columns, order }: Table,
  tenant: number | null,
  take?: (bytes: Buffer) => Promise<void>,
): Promise<Copied> {
  const where = tenant === null ? '' : ` where tenant_id = ${tenant}`;
  await client.query(`select set_config('app.tenant', $1, true)`, [String(tenant ?? '')]);
  const rows = client.query(
    copyTo(`copy (select ${named(columns)} from ${named([table])}${where} order by ${order}) to stdout`),
  );
  const hash = createHash('sha256');
  await pipeline(rows, async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      hash.update(piece);
      await take?.(piece);
    }
  });
  return { tenant, rows: rows.rowCount, sha256: hash.digest('hex') };
}
