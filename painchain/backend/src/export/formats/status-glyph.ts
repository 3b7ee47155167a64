const bad =
  /^(?:fail|error|crash|critical|fatal|unhealthy|timed.?out|timeout|degraded|down$|rejected|roll.*back|evicted|oomkilled)/i;
const good =
  /^(?:succe|passed|ok$|healthy|ready|merged|complete|deployed|approved|resolved|fixed|available|synced|done)/i;

/** What tells an outcome at a glance. A word that is not known is neutral: a guess could hide a failure. */
export function glyphOf(status: string): string {
  if (bad.test(status)) return '✕';
  return good.test(status) ? '✓' : '•';
}
