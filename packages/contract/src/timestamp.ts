import { z } from 'zod';

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.\d{1,12})?(?:[Zz]|[+-](?:0\d|1[0-5]):[0-5]\d)$/;

const firstInstant = Date.parse('0001-01-01T00:00:00Z');
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year % 400 === 0 ? 2000 : (year % 400) + 2000, month, 0)).getUTCDate();
}

/**
 * Why a text is no instant that can be stored, or undefined when it is one. Only RFC 3339 with a zone passes:
 * `Date` would turn 30 February into 2 March and `1` into the year 2001. Leap seconds are refused because no
 * clock of ours can tell a real one from a typing error; so are offsets of 16 hours and more, which no place has
 * and PostgreSQL does not read.
 */
export function timestampFault(text: string): string | undefined {
  const match = rfc3339.exec(text);
  if (!match) return 'must be RFC 3339 with a zone, such as 2026-01-31T10:35:00Z';
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year === 0) return 'there is no year 0000';
  if (month < 1 || month > 12) return 'the month must be between 01 and 12';
  if (day < 1 || day > daysInMonth(year, month)) return 'that month has no such day';
  const instant = Date.parse(text.toUpperCase());
  if (!(instant >= firstInstant && instant <= lastInstant))
    return 'must lie in the years 0001 to 9999 in UTC';
  return undefined;
}

/** An instant: RFC 3339 with a zone, 1 to 12 fraction digits, of which the store keeps six (microseconds). */
export const Timestamp = z
  .string()
  .max(64)
  .superRefine((text, context) => {
    const fault = timestampFault(text);
    if (fault) context.addIssue({ code: 'custom', message: fault, input: text });
  })
  .meta({ format: 'date-time', examples: ['2026-01-31T10:35:00Z'] });
export type Timestamp = z.infer<typeof Timestamp>;
