import type { SourceEvent } from '@painchain/connector-sdk';
import { type Told, prefixOf, sightingAt } from '@painchain/connector-sdk/rounds';
import { type Sighting, isNothing } from '@painchain/connector-sdk/wording';
import {
  type PushEvent,
  type RefMove,
  nothing,
  refMoveOf,
  translatePush,
  translateRefDifference,
} from '../../translate/push.js';
import type { Round } from '../look.js';
import { waysOf, wholeSha } from './ref-details.js';
import type { Step } from './ref-heads.js';
import { findRef } from './ref-lists.js';
import type { WatchedRoom } from './watched-room.js';

/** What there is to tell of one ref. */
export interface TellableMove {
  room: WatchedRoom;
  name: string;
  move: RefMove;
  /** Absent where it shows as a difference only. */
  event?: PushEvent;
  /** When it happened, or was seen. */
  since: string;
  sighting: Sighting;
}

/** The moves of one round, and how often each was told before. */
export class RefMoves {
  readonly moves: TellableMove[] = [];

  constructor(
    private readonly rooms: readonly WatchedRoom[],
    private readonly told: Told,
    private readonly round: Round,
  ) {}

  /** An entry of the activity, which a difference may have told before. */
  take(event: PushEvent): void {
    const { push_data: data, created_at: since } = event;
    const room = this.rooms.find(({ activityName }) => activityName === data.ref_type);
    if (!room) return;
    if (data.ref_count != null) room.hasBulk = true;
    const move = refMoveOf(event);
    const name = data.ref;
    if (!move || name == null)
      return void this.round.take(translatePush(event, null, this.round.project, {}));
    const { before, after } = move;
    if (!room.takes([name, before, after], since)) return;
    this.#add(room, name, move, since, sightingAt(since, this.round), event);
  }

  /** What no entry has told. */
  async takeDifferences(): Promise<void> {
    for (const room of this.rooms) {
      for (const [name, sha, from, to] of await room.unexplained()) {
        const between = { from, to };
        for (const step of room.heads.moveOn(name, sha)) {
          this.#add(room, name, await this.#moveOf(room, step), to, { between });
        }
      }
    }
  }

  /** One move as an event. */
  async tell(told: TellableMove, isDetailed: boolean): Promise<SourceEvent[]> {
    const { event, move, sighting } = told;
    const { round } = this;
    const more = isDetailed ? await this.#moreOf(told) : null;
    const translation = event
      ? translatePush(event, more, round.project, sighting)
      : translateRefDifference(move, more, round.project, sighting);
    return round.take(translation);
  }

  #add(
    room: WatchedRoom,
    name: string,
    move: RefMove,
    since: string,
    sighting: Sighting,
    event?: PushEvent,
  ): void {
    if (room.room === 'heads' && !this.round.watches(name)) return;
    const { ref, before, after } = move;
    // Between two looks at a tag there may be steps that nobody saw: only what became of it counts.
    const change = room.room === 'heads' ? [ref, prefixOf(before), prefixOf(after)] : [ref, prefixOf(after)];
    const again = this.told.again(...change);
    this.moves.push({ room, name, move, since, sighting: { ...sighting, again }, ...(event && { event }) });
  }

  /** A branch's key has all digits of both ends. */
  async #moveOf({ room }: WatchedRoom, [name, before, after]: Step): Promise<RefMove> {
    const whole = async (sha: string) => (isNothing(sha) ? nothing : wholeSha(sha, this.round));
    const ref = `refs/${room}/${name}`;
    if (room === 'tags') return { ref, before: isNothing(before) ? nothing : before, after };
    return { ref, before: await whole(before), after: await whole(after) };
  }

  async #moreOf({ room, name, move, since }: TellableMove): Promise<unknown> {
    if (room.room === 'heads') return waysOf(move, since, this.round);
    if (isNothing(move.after)) return null;
    return room.itemOf(name) ?? (await findRef(this.round, 'tags', name)) ?? null;
  }
}
