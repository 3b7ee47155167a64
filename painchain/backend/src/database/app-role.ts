import { ConfigurationError } from '@painchain/runtime';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { derivedRole } from './app-url.js';

async function canLogIn(appUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: appUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code?.startsWith('28')) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Creates the derived role, or gives it its password back. The server may forbid both to this owner. */
async function makeDerivedRole(owner: Client, appUrl: string): Promise<void> {
  const password = decodeURIComponent(new URL(appUrl).password);
  const secret = password === '' ? 'null' : escapeLiteral(password);
  try {
    const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [derivedRole]);
    // Of a role that is there, an owner who is no superuser may not even say that it is none; it is looked at below.
    await owner.query(
      rowCount === 0
        ? `create role ${derivedRole} login nosuperuser nocreatedb nocreaterole nobypassrls password ${secret}`
        : `alter role ${derivedRole} login password ${secret}`,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError([
      {
        where: 'PAINCHAIN_APP_DATABASE_URL',
        fault: `the role ${derivedRole} can't be made (${reason}): create an unprivileged role and name it here`,
      },
    ]);
  }
}

/**
 * Grants exactly what serving needs: every table of ours to write, tenants to read, the ledger not at all, the numbers
 * of events, and the one function that searches as the owner.
 */
async function grant(owner: Client, role: string): Promise<void> {
  const name = escapeIdentifier(role);
  const { rows } = await owner.query<{ tablename: string }>(
    `select tablename from pg_tables
     where schemaname = current_schema() and tablename not in ('_prisma_migrations', 'tenants')`,
  );
  const tables = rows.map(({ tablename }) => escapeIdentifier(tablename)).join(', ');
  await owner.query(
    `grant select, insert, update, delete on ${tables} to ${name}; grant select on tenants to ${name};
     grant usage on sequence events_seq_seq to ${name};
     grant execute on function find_words to ${name}`,
  );
}

/** Row security binds only who is neither superuser, nor exempt, nor the tables' owner. */
async function assertBound(owner: Client, role: string): Promise<void> {
  const { rows } = await owner.query<{ free: boolean }>(
    `select rolsuper or rolbypassrls or exists (
       select from pg_tables where schemaname = current_schema() and pg_has_role($1, tableowner, 'usage')
     ) as free from pg_roles where rolname = $1`,
    [role],
  );
  if (rows[0]?.free === false) return;
  throw new ConfigurationError([
    {
      where: 'PAINCHAIN_APP_DATABASE_URL',
      fault: `row security does not bind the role ${role}: name one that is no superuser, has no BYPASSRLS and owns none of the tables`,
    },
  ]);
}

/**
 * Makes sure that the serving role exists, may log in, has its grants and is bound by row security.
 *
 * @throws ConfigurationError with the remedy.
 */
export async function prepareAppRole(owner: Client, appUrl: string, isDerived: boolean): Promise<void> {
  const role = decodeURIComponent(new URL(appUrl).username);
  if (!(await canLogIn(appUrl))) {
    if (isDerived) await makeDerivedRole(owner, appUrl);
    if (!(await canLogIn(appUrl))) {
      const fault = `the role ${role} can't log in: check its password, and that the server lets it in (pg_hba.conf)`;
      throw new ConfigurationError([{ where: 'PAINCHAIN_APP_DATABASE_URL', fault }]);
    }
  }
  await assertBound(owner, role);
  await grant(owner, role);
}
