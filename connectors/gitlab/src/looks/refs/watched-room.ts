import { z } from 'zod';
import { nothing } from '../../translate/push.js';
import type { Round } from '../look.js';
import { HeadsState, RefHeads, type Step, type Unexplained } from './ref-heads.js';
import { type Listed, type Room, findRef, listRefs, shaIn } from './ref-lists.js';

export const RoomState = z.object({
  heads: HeadsState,
  etag: z.string().max(300).optional(),
  /** When all of it was listed last, and on how many pages. */
  listed: z.iso.datetime({ offset: true }),
  pages: z.int().nonnegative(),
  /** When it was listed for the first time. */
  begun: z.iso.datetime({ offset: true }),
});
export type RoomState = z.infer<typeof RoomState>;

const minuteMs = 60_000;
/** The activity tells moves sooner than a list, which is asked for instead of it; of many pages each costs a question. */
const fewestMinutes: Readonly<Record<Room, number>> = { heads: 5, tags: 15 };

/** The activity is written a little after a push: for so long a difference waits for its entry. */
const patienceMs = 2 * minuteMs;

/** What the looks of a busy project leave of a cursor: some 500 branches and 700 tags. */
export const mostCharacters: Readonly<Record<Room, number>> = { heads: 10_000, tags: 7_500 };

/** Deletions of one look that are made sure of. */
const doubted = 100;

/** All branches, or all tags, in one round. */
export class WatchedRoom {
  readonly heads: RefHeads;
  /** What the activity says of many at once: no entry will explain what they did. */
  hasBulk = false;
  #listed: Listed | undefined;
  #asked = false;

  constructor(
    readonly room: Room,
    private readonly known: RoomState | undefined,
    private readonly round: Round,
  ) {
    this.heads = new RefHeads(known?.heads, mostCharacters[room]);
  }

  /** What the activity calls such a ref. */
  get activityName(): string {
    return this.room === 'heads' ? 'branch' : 'tag';
  }

  /** It was never listed: whatever is there was there before. */
  get isNew(): boolean {
    return this.known === undefined;
  }

  /** Counts an entry of the activity in; false where a difference has told the same before. */
  takes(step: Step, at: string): boolean {
    if (!this.known) return true;
    return this.heads.takes(step, at, Date.parse(at) - Date.parse(this.known.begun) < patienceMs);
  }

  /** For how long it is to be listed again: positive when it is due. */
  get overdueMs(): number {
    if (!this.known) return Infinity;
    const { listed, pages } = this.known;
    // A round may come a little early, by its jitter; an instant in the future is from a clock that was wrong.
    const since = Math.abs(Date.parse(this.round.at) - Date.parse(listed));
    return since - Math.max(fewestMinutes[this.room], pages) * minuteMs * 0.95;
  }

  /** Asks for all of it, once; whether something stands elsewhere than it should, as far as one can say. */
  async list(): Promise<boolean> {
    if (this.#asked) return true;
    this.#asked = true;
    const sent = this.known?.etag;
    this.#listed = await listRefs(this.round, this.room, sent);
    return this.#listed ? this.heads.differences(this.#listed.refs).length > 0 : sent === undefined;
  }

  /** Where refs stand that no entry has told of; all entries of this round are taken. */
  async unexplained(): Promise<Unexplained[]> {
    const { heads, known, round } = this;
    const listed = this.#listed;
    if (listed) heads.prefer(listed.firm.filter((name) => round.watches(name)));
    if (listed && !known) heads.begin(listed.refs);
    else if (listed) heads.compare(listed.refs, known?.listed ?? null, round.at);
    const found = heads.unexplained(known?.listed ?? null, round.at, this.hasBulk ? 0 : patienceMs);
    const certain: Unexplained[] = [];
    for (const [index, [name, sha, from, to]] of found.entries()) {
      // While pages are turned, another ref that goes may pull one to a page that was read.
      const isDoubtful = sha === nothing && index < doubted;
      const there = isDoubtful ? shaIn(this.room, await findRef(round, this.room, name)) : undefined;
      certain.push([name, there ?? sha, from, to]);
    }
    return certain;
  }

  /** A tag as it was listed in this round. */
  itemOf(name: string): unknown {
    return this.#listed?.items.get(name);
  }

  get state(): RoomState | undefined {
    const { known, round } = this;
    const heads = this.heads.state;
    if (heads.limited && !known?.heads.limited) {
      round.log.warn({ refs: this.room }, 'there are more refs than are remembered: some are left out');
    }
    const pages = this.#listed?.pages ?? known?.pages ?? 0;
    const { etag } = this.#listed ?? known ?? {};
    const isKept = etag !== undefined && !this.heads.hasMoved;
    const listed = this.#asked ? round.at : known?.listed;
    if (listed === undefined || (!this.#listed && !known)) return undefined;
    const begun = known?.begun ?? round.at;
    return { heads, ...(isKept && { etag }), listed, pages, begun };
  }
}
