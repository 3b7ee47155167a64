import type { SourceEvent } from '@painchain/connector-sdk';
import { Seen, SeenState, Told, ToldState } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { type Round, defineLook } from '../look.js';
import { readPushEvents } from './push-events.js';
import { RefMoves } from './ref-moves.js';
import { RoomState, WatchedRoom } from './watched-room.js';

const State = z.object({
  etag: z.string().max(300).optional(),
  /** Entries of the activity. */
  seen: SeenState,
  told: ToldState,
  heads: RoomState.optional(),
  tags: RoomState.optional(),
});
type State = z.infer<typeof State>;

/** Changes that are remembered: an equal one that comes later is another one. */
const rememberedChanges = 300;

/** The newest moves of one look that details are asked for: at the first look, and at a later one. */
const detailed = { first: 30, later: 300 };

const eventsPerPage = 100;

function roomsOf(round: Round, known: State | undefined): WatchedRoom[] {
  const rooms: WatchedRoom[] = [];
  if (round.collects('push')) rooms.push(new WatchedRoom('heads', known?.heads, round));
  if (round.collects('tag_push')) rooms.push(new WatchedRoom('tags', known?.tags, round));
  return rooms;
}

/** The one that has waited longest for being listed again. */
function dueOf(rooms: readonly WatchedRoom[]): WatchedRoom | undefined {
  const [due] = rooms
    .filter(({ isNew, overdueMs }) => !isNew && overdueMs >= 0)
    .sort((one, other) => other.overdueMs - one.overdueMs);
  return due;
}

/**
 * Pushes, forced ones too, and branches and tags that are made, moved and deleted. The project's activity says who, when
 * and from where to where, in one question a round; but many refs that are pushed at once are one entry without their
 * names. So from time to time what is there is listed instead: while it stands where the activity has led to, nothing
 * more is asked. What differs waits for its entry, and is told as a difference where none comes.
 */
export const refs = defineLook<State>({
  name: 'refs',
  kind: ['push', 'tag_push'],
  state: State,
  async *look(round, known) {
    const rooms = roomsOf(round, known);
    const due = dueOf(rooms);
    const differs = await due?.list();
    const isQuiet = differs === false && !rooms.some(({ heads, isNew }) => heads.waits || isNew);
    const seen = new Seen(known?.seen);
    const news = isQuiet ? undefined : await readPushEvents(round, known && seen, known?.etag);
    const told = new Told(known?.told, rememberedChanges);
    const moves = new RefMoves(rooms, told, round);
    for (const event of news?.events ?? []) {
      seen.add(event.id);
      moves.take(event);
    }
    for (const room of rooms) if (room.isNew || room.hasBulk) await room.list();
    await moves.takeDifferences();
    yield* tellAll(moves, known ? detailed.later : detailed.first, (events) => {
      const etag = news ? news.etag : known?.etag;
      const state: State = { ...(etag !== undefined && { etag }), seen: seen.state, told: told.state };
      for (const room of rooms) state[room.room] = room.state;
      return { events, state };
    });
  },
});

/** In pages, the state with the last one. */
async function* tellAll<Last>(
  moves: RefMoves,
  mostDetailed: number,
  last: (events: SourceEvent[]) => Last,
): AsyncGenerator<Last | { events: SourceEvent[] }, void, void> {
  const undetailed = moves.moves.length - mostDetailed;
  let events: SourceEvent[] = [];
  for (const [index, move] of moves.moves.entries()) {
    events.push(...(await moves.tell(move, index >= undetailed)));
    if (events.length < eventsPerPage) continue;
    yield { events };
    events = [];
  }
  yield last(events);
}
