const shape =
  /^(\d{4}-\d{2}-\d{2})(?:t(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,12})?(?:z|[+-](?:0\d|1[0-5]):[0-5]\d))?$/i;

const firstInstant = Date.parse('0001-01-01T00:00:00Z');
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether a text is a date, or an instant as RFC 3339 with a zone, that an event can have. */
export function isTime(text: string): boolean {
  const date = shape.exec(text)?.[1];
  if (date === undefined) return false;
  const midnight = new Date(`${date}T00:00:00Z`);
  // Date makes 2 March of 30 February.
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(date)) return false;
  const instant = Date.parse(text.toUpperCase());
  return instant >= firstInstant && instant <= lastInstant;
}
