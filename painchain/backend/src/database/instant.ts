/** SQL for an instant as it is told: UTC with all of its microseconds, which a JavaScript Date would cut. */
export function instantText(expression: string): string {
  return `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
