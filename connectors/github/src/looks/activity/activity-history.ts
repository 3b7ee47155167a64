import { digest, isTooOld } from '@painchain/connector-sdk/rounds';
import { Activity } from '../../translate/push.js';
import { listPages } from '../list-pages.js';
import type { Round } from '../look.js';

/** A ref in a few characters. */
export function refDigest(ref: string): string {
  return digest(ref, 8);
}

/** After it a ref may come again to where it has been: only then can an equal move follow. */
export function isRewind({ activity_type }: Activity): boolean {
  return activity_type === 'force_push' || activity_type === 'branch_deletion';
}

/** The entries of a page that can be read; the others are counted. */
export function activitiesOf({ take }: Round, items: readonly unknown[]): Activity[] {
  return items.flatMap((item) => {
    const read = Activity.safeParse(item);
    if (!read.success) take({ kind: 'unsupported', what: 'an activity of another shape' });
    return read.success ? [read.data] : [];
  });
}

function transitionOf({ ref, before, after }: Activity): string {
  return `${ref} ${before} ${after}`;
}

function precedes(one: Activity, other: Activity): boolean {
  const [first, second] = [Date.parse(one.timestamp), Date.parse(other.timestamp)];
  return first < second || (first === second && one.id < other.id);
}

/** What has happened to the refs before, as far as the pages of this look or a question of its own say. */
export class ActivityHistory {
  readonly #equal = new Map<string, Activity[]>();
  readonly #asked = new Set<string>();

  /**
   * @param told ids of entries that earlier looks have told.
   * @param whole whether `activities` go back to the round's beginning.
   */
  constructor(
    private readonly round: Round,
    activities: readonly Activity[],
    private readonly told: ReadonlySet<number>,
    private readonly whole: boolean,
  ) {
    this.#add(activities);
  }

  /**
   * Whether the very same move of that ref was told before. `rewound`: the ref has been set back at some time, so
   * that its history is worth a question when the pages don't go back far enough.
   */
  async repeats(activity: Activity, rewound: boolean): Promise<boolean> {
    if (this.#knowsEarlier(activity)) return true;
    if (!rewound || this.whole || this.#asked.has(activity.ref)) return false;
    this.#asked.add(activity.ref);
    const { round } = this;
    const target = `${round.path}/activity?ref=${encodeURIComponent(activity.ref)}&per_page=100`;
    for await (const { items } of listPages(round, 'activities', target)) {
      this.#add(activitiesOf(round, items));
      break;
    }
    return this.#knowsEarlier(activity);
  }

  #add(activities: readonly Activity[]): void {
    for (const activity of activities) {
      if (isTooOld(activity.timestamp, this.round)) continue;
      const key = transitionOf(activity);
      const equal = this.#equal.get(key) ?? [];
      if (!equal.some(({ id }) => id === activity.id)) this.#equal.set(key, [...equal, activity]);
    }
  }

  #knowsEarlier(activity: Activity): boolean {
    const equal = this.#equal.get(transitionOf(activity)) ?? [];
    return equal.some(
      (other) => other.id !== activity.id && (this.told.has(other.id) || precedes(other, activity)),
    );
  }
}
