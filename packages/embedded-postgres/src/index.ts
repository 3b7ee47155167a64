export { EmbeddedPostgresError } from './embedded-postgres-error.js';
export { freePort } from './free-port.js';
export { type PostgresOptions, type RunningPostgres, startPostgres } from './start-postgres.js';
