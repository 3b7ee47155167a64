/** PostgreSQL could not be started, for a reason that whoever runs it can remove: `message` names the remedy. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
