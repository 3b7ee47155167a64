import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';

/** A statement; with `name` it is prepared once per connection. */
export type Statement = QueryConfig;

/** pg takes it, its types don't know it: how long the client waits for the answer, in milliseconds. */
export type TimedStatement = Statement & { query_timeout?: number };

/** A connection inside one transaction of one tenant. Useless once the transaction has ended. */
export interface Sql {
  query<Row extends QueryResultRow>(statement: Statement): Promise<QueryResult<Row>>;
}
