import type { SourceEvent } from '@painchain/connector-sdk';
import { Told, ToldState, sightingAt } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import type { Sighting } from '../../translate/facts.js';
import { Pull } from '../../translate/pull-facts.js';
import { type PullChange, translatePullRequest } from '../../translate/pull-request.js';
import type { Round } from '../look.js';
import { RecentMark } from '../recent-pages.js';
import { PullDetails } from './pull-details.js';

/** So much of a commit's name as tells two heads of one pull request apart. */
const short = 8;

/** A pull request's number, and the beginning of its head; a merged one has none, since nothing more happens to it. */
const Head = z.tuple([z.int().positive(), z.string().max(short)]);
export type Head = z.infer<typeof Head>;

export const PullState = z.object({
  ...RecentMark.shape,
  /** The ones touched last, at the end. */
  heads: z.array(Head).max(1_000),
  told: ToldState,
});
export type PullState = z.infer<typeof PullState>;

const remembered = 1_000;
const merged = '';

/** What isn't remembered and is older than that was forgotten, not missed. */
const lateMs = 24 * 60 * 60_000;

/** At the first look, the details of so many are asked for, the newest. */
const detailed = 50;

export function headOf({ head, merged_at }: Pull): string {
  return merged_at ? merged : head.sha.slice(0, short);
}

/** What is new of the pull requests in a list, seen against what was known of them. */
export class PullNews {
  readonly #known: ReadonlyMap<number, string>;
  readonly #told: Told;
  readonly #details: PullDetails;
  readonly #since: number;
  readonly #listed = new Map<number, string>();

  constructor(
    private readonly round: Round,
    private readonly before: PullState | undefined,
  ) {
    this.#known = new Map(before?.heads);
    this.#told = new Told(before?.told);
    this.#details = new PullDetails(round);
    this.#since = Math.max(
      Date.parse(round.beginning),
      before ? Date.parse(before.high) - lateMs : Number.NEGATIVE_INFINITY,
    );
  }

  /** The events of a page whose items come with the one touched last first; the events end with it. */
  async eventsOf(items: readonly unknown[]): Promise<SourceEvent[]> {
    const found: SourceEvent[][] = [];
    for (const item of items) found.push(await this.#eventsOfOne(item));
    return found.reverse().flat();
  }

  /** What is known from now on, at the first look beside the heads that were seen to be open before. */
  state(mark: z.infer<typeof RecentMark>, open: readonly Head[]): PullState {
    const heads = new Map(this.before?.heads ?? open);
    for (const [number, head] of [...this.#listed].reverse()) {
      // One that has moved while the first look was taken is left for the next look to tell.
      const since = this.before || head === merged ? head : (heads.get(number) ?? head);
      heads.delete(number);
      heads.set(number, since);
    }
    return { ...mark, heads: [...heads].slice(-remembered), told: this.#told.state };
  }

  async #eventsOfOne(item: unknown): Promise<SourceEvent[]> {
    const { data: pull } = Pull.safeParse(item);
    if (!pull) return this.round.take({ kind: 'unsupported', what: 'pull request' });
    // One that was touched while pages were turned stands on the next page again.
    if (this.#listed.has(pull.number)) return [];
    const wasMerged = this.#known.get(pull.number) === merged;
    this.#listed.set(pull.number, wasMerged ? merged : headOf(pull));
    const events: SourceEvent[] = [];
    for (const change of this.#changesOf(pull)) events.push(...(await this.#tell(change, pull, item)));
    return events;
  }

  #changesOf(pull: Pull): PullChange[] {
    const head = this.#known.get(pull.number);
    const isRecent = (instant: string) => Date.parse(instant) >= this.#since;
    const changes: PullChange[] = [];
    if (head === undefined && isRecent(pull.created_at)) changes.push({ kind: 'opened' });
    if (head && !pull.head.sha.startsWith(head)) changes.push({ kind: 'updated', before: head });
    if (pull.merged_at && head !== merged && (head !== undefined || isRecent(pull.merged_at))) {
      changes.push({ kind: 'merged' });
    }
    return changes;
  }

  async #tell(change: PullChange, pull: Pull, item: unknown): Promise<SourceEvent[]> {
    const payloads = { pull: item, ...(await this.#detailsOf(change, pull)) };
    const sighting = this.#sightingOf(change, pull);
    return this.round.take(translatePullRequest(change, payloads, this.round.repository, sighting));
  }

  /** Who has reviewed it is worth a question once it is merged. */
  async #detailsOf(
    { kind }: PullChange,
    { number }: Pull,
  ): Promise<{ details?: unknown; reviews?: unknown }> {
    if (!this.before && !this.#details.has(number) && this.#details.count >= detailed) return {};
    const details = await this.#details.pullOf(number);
    return kind === 'merged' ? { details, reviews: await this.#details.reviewsOf(number) } : { details };
  }

  #sightingOf({ kind }: PullChange, pull: Pull): Sighting {
    if (kind === 'opened') return sightingAt(pull.created_at, this.round);
    if (kind === 'merged') return sightingAt(pull.merged_at ?? pull.updated_at, this.round);
    const again = this.#told.again(String(pull.id), pull.head.sha);
    return { between: whenMoved(pull, this.round), again };
  }
}

/** A head has moved before its pull request was closed, and at the latest when that was touched last. */
function whenMoved(
  { closed_at, updated_at }: Pull,
  { before }: Pick<Round, 'before'>,
): NonNullable<Sighting['between']> {
  const to = closed_at ?? updated_at;
  const showsLate = before !== null && Date.parse(before) >= Date.parse(to);
  return { from: showsLate ? null : before, to };
}
