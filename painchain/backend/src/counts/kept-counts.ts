import type { Bind } from '../query/bind.js';
import { dateText, microsText } from './micros.js';
import { type Kept, type Piece, unitsTouched } from './pieces.js';

// More events than this are not read in one statement, but walked through.
const edgeEventsMax = 1_000_000;

/** How long a slot is. */
export const minutesOf = { hours: 60, quarters: 15 } as const;

/** A piece and which of the wanted intervals it belongs to. */
export interface IntervalPiece extends Piece {
  interval: number;
}

/** The pieces as a table `piece (interval, sign, since, until)`, dates for days and instants for all else. */
export function pieceTable(pieces: readonly IntervalPiece[], source: Piece['source'], bind: Bind): string {
  const own = pieces.filter((piece) => piece.source === source);
  const type = source === 'days' ? 'date' : 'timestamptz';
  const text = source === 'days' ? dateText : microsText;
  const columns = [
    [own.map(({ interval }) => interval), 'integer'],
    [own.map(({ sign }) => sign), 'integer'],
    [own.map(({ from }) => text(from)), type],
    [own.map(({ to }) => text(to)), type],
  ] as const;
  const bound = columns.map(([values, type]) => bind(values, `${type}[]`));
  return `unnest(${bound.join(', ')}) as piece (interval, sign, since, until)`;
}

/**
 * A query of one row, `events`: as many as the pieces at the edges have to be read, at most. It is told from what
 * is kept of the units that they lie in, before one of them is read.
 */
export function edgeEvents(pieces: readonly Piece[], unit: Kept, bind: Bind): string {
  const edges = pieces.filter(({ source }) => source === 'events');
  const touched = unitsTouched(edges, unit);
  const counted =
    unit === 'days'
      ? `event_days where tenant_id = $1 and field = 'all' and day = any(${bind(touched.map(dateText), 'date[]')})`
      : `event_slots where tenant_id = $1 and minutes = ${minutesOf[unit]}
          and slot = any(${bind(touched.map(microsText), 'timestamptz[]')})`;
  return `select coalesce(sum(count), 0)::bigint as events from ${counted}`;
}

/** Whether the edges may be read, where `edge` is the query above. */
export const edgesMayBeRead = `(select events from edge) <= ${edgeEventsMax}`;

export function mayBeRead(edgeEvents: string): boolean {
  return Number(edgeEvents) <= edgeEventsMax;
}
