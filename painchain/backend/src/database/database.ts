import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool, PoolClient } from 'pg';
import { ProblemError } from '../problem/problem-error.js';
import { asProblem, isUnavailable, isWorthRepeating } from './failure.js';
import { type Prisma, PrismaClient } from './generated/client.js';
import { beginMs, readSlackMs } from './pool.js';
import type { Sql, TimedStatement } from './sql.js';

export type { Sql } from './sql.js';

export type TenantPrisma = Prisma.TransactionClient;

export interface TransactionOptions {
  isolation?: 'repeatable read';
  readOnly?: boolean;
  /** How long each statement may take, in milliseconds. */
  timeoutMs?: number;
}

const attempts = 3;

function assertTenant(tenantId: number): void {
  if (!Number.isSafeInteger(tenantId) || tenantId <= 0 || tenantId > 2_147_483_647) {
    throw new TypeError('a tenant id is a positive integer; without one nothing may be read or written');
  }
}

// One round trip. There is no foreign text in it: a tenant is an integer by now. Compiling a statement of ours costs
// more than running it, and a server of one's own has that switched on.
function beginning(setting: string, { isolation, readOnly, timeoutMs }: TransactionOptions): TimedStatement {
  const mode = [isolation && `isolation level ${isolation}`, readOnly && 'read only']
    .filter(Boolean)
    .join(' ');
  const timeout = timeoutMs === undefined ? '' : `; set local statement_timeout = ${Math.ceil(timeoutMs)}`;
  return {
    text: `begin ${mode}; set local jit = off; set local ${setting}${timeout}`,
    query_timeout: beginMs,
  };
}

/**
 * The one door to the database. Whoever wants rows says for which tenant; row security beneath answers nothing
 * without one. Failures of the database come out as problems (`unavailable`, `query-timeout`).
 */
export class Database {
  readonly #pool: Pool;
  readonly #prisma: PrismaClient;
  readonly #opened: Promise<void>;
  #announceOpen!: () => void;
  #isOpen = false;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
    this.#opened = new Promise((resolve) => (this.#announceOpen = resolve));
  }

  /** Whether the schema is migrated and the serving role ready. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Resolves once the database may be used: for work that starts with the process. */
  whenOpen(): Promise<void> {
    return this.#opened;
  }

  open(): void {
    this.#isOpen = true;
    this.#announceOpen();
  }

  get connections(): { total: number; idle: number; waiting: number } {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.#pool;
    return { total, idle, waiting };
  }

  /**
   * Runs `work` in a transaction that sees and writes one tenant only, and commits it. When it loses against
   * another transaction (deadlock, serialization) it runs again from the start, so it must not do anything
   * outside of the transaction.
   */
  async inTenant<T>(
    tenantId: number,
    work: (sql: Sql) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    assertTenant(tenantId);
    return this.#repeatedly(() => this.#transaction(`app.tenant = '${tenantId}'`, work, options));
  }

  /** The same through Prisma, for configuration tables. */
  async prismaInTenant<T>(tenantId: number, work: (prisma: TenantPrisma) => Promise<T>): Promise<T> {
    assertTenant(tenantId);
    return this.#repeatedly(() =>
      this.#prisma.$transaction(
        async (prisma) => {
          await prisma.$executeRaw`select set_config('app.tenant', ${String(tenantId)}, true)`;
          return work(prisma);
        },
        { maxWait: 5_000, timeout: 30_000 },
      ),
    );
  }

  /** For what serves connectors, which work through the integrations of all tenants. Opens no event. */
  async acrossTenants<T>(work: (sql: Sql) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#repeatedly(() => this.#transaction(`app.across_tenants = 'connectors'`, work, options));
  }

  /** For tables that belong to no tenant. Row security answers nothing from the others. */
  async withoutTenant<T>(work: (sql: Sql) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#repeatedly(() => this.#transaction(`app.tenant = ''`, work, options));
  }

  /** All tenants, for work that goes through them one by one. */
  async tenants(): Promise<number[]> {
    const { rows } = await this.withoutTenant((sql) =>
      sql.query<{ id: number }>({ text: 'select id from tenants order by id' }),
    );
    return rows.map(({ id }) => id);
  }

  async close(): Promise<void> {
    await this.#prisma.$disconnect();
    await this.#pool.end();
  }

  async #repeatedly<T>(attempt: () => Promise<T>): Promise<T> {
    if (!this.#isOpen) {
      const detail = 'The database is being prepared or waited for. Try again shortly.';
      throw new ProblemError('unavailable', detail, { retryAfterSeconds: 1 });
    }
    for (let count = 1; ; count++) {
      try {
        return await attempt();
      } catch (error) {
        if (!isWorthRepeating(error) || count === attempts) throw asProblem(error);
      }
    }
  }

  async #transaction<T>(
    setting: string,
    work: (sql: Sql) => Promise<T>,
    options: TransactionOptions,
  ): Promise<T> {
    const client = await this.#pool.connect();
    try {
      await client.query(beginning(setting, options));
      const result = await work(sqlOf(client, options.timeoutMs));
      // A transaction that a failed statement has spoilt answers COMMIT with ROLLBACK, and no error.
      const { command } = await client.query('commit');
      if (command !== 'COMMIT')
        throw new Error('the transaction was rolled back: a failed statement was ignored');
      client.release();
      return result;
    } catch (error) {
      await giveBack(client, error);
      throw error;
    }
  }
}

function sqlOf(client: PoolClient, timeoutMs: number | undefined): Sql {
  const patience = timeoutMs === undefined ? {} : { query_timeout: timeoutMs + readSlackMs };
  return {
    query: (statement) => {
      const timed: TimedStatement = { ...patience, ...statement };
      return client.query(timed);
    },
  };
}

/** Ends a failed transaction. A connection that is lost, or can't even roll back, is thrown away. */
async function giveBack(client: PoolClient, error: unknown): Promise<void> {
  if (isUnavailable(error)) {
    client.release(true);
    return;
  }
  try {
    await client.query('rollback');
    client.release();
  } catch {
    client.release(true);
  }
}
