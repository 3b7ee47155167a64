import type pg from 'pg';
import { type BenchEvent, eventOf } from '../data/event.js';
import type { Year } from '../data/year.js';

/** Events that nobody has seen, of the last hour of the year. */
export class FreshEvents {
  #next: number;

  /** `first` is a number that no event has. */
  constructor(
    private readonly year: Year,
    first: number,
  ) {
    this.#next = first;
  }

  take(count: number): BenchEvent[] {
    const to = this.year.to.getTime();
    return Array.from({ length: count }, () => {
      const number = this.#next++;
      const timestamp = new Date(to - ((number * 7_919) % 3_600_000)).toISOString();
      return eventOf(number, { key: `fresh/${number}`, timestamp });
    });
  }
}

/** Events that the database does not have: it numbers its own from a sequence. */
export async function freshEvents({ sql, year }: { sql: pg.Client; year: Year }): Promise<FreshEvents> {
  const { rows } = await sql.query<{ next: string }>(
    `select nextval(pg_get_serial_sequence('events', 'seq')) as next`,
  );
  return new FreshEvents(year, Number(rows[0]?.next));
}
