import { Pool } from 'pg';

export interface PoolSettings {
  /** Connections at most. */
  size: number;
  /** How long to wait for one, in milliseconds. */
  acquireMs: number;
  /** How long one statement may take, in milliseconds, unless the caller says otherwise. */
  statementMs: number;
}

// Acquiring and half-open connections together must cost a request no more than 5 s.
export const servingPool: PoolSettings = { size: 16, acquireMs: 2_500, statementMs: 4_000 };

/** How long the trivial statement that begins a transaction may take before the connection counts as dead. */
export const beginMs = 2_000;

/** How much longer than the server's own limit the client waits before it gives the connection up. */
export const readSlackMs = 500;

export function createPool(url: string, settings: PoolSettings, onError: (error: Error) => void): Pool {
  const pool = new Pool({
    connectionString: url,
    max: settings.size,
    connectionTimeoutMillis: settings.acquireMs,
    idleTimeoutMillis: 60_000,
    statement_timeout: settings.statementMs,
    query_timeout: settings.statementMs + readSlackMs,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'painchain',
  });
  pool.on('error', onError);
  // A connection that is lost while someone uses it emits, too, and without a listener that ends the process.
  // Its user gets the failure from the statement in flight.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
