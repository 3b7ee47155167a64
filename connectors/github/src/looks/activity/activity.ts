import type { SourceEvent } from '@painchain/connector-sdk';
import { isTooOld, sightingAt } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { branchOf } from '@painchain/connector-sdk/wording';
import { type Activity, translatePush } from '../../translate/push.js';
import { listPages } from '../list-pages.js';
import { type Round, defineLook } from '../look.js';
import { ActivityHistory, activitiesOf, isRewind, refDigest } from './activity-history.js';
import { compare } from './comparisons.js';

/** Ids that are remembered: twice a page, so that an entry that comes late is told and none is told again. */
const rememberedIds = 200;
const rememberedRefs = 300;

const State = z.object({
  etag: z.string().max(300).optional(),
  /** Ids of entries that were told or passed over, the newest first. */
  seen: z.array(z.int()).max(rememberedIds),
  /** Refs that have been set back or away, by their digests; the latest last. */
  rewound: z.array(z.string().max(12)).max(rememberedRefs),
});
type State = z.infer<typeof State>;

/** The newest pushes of one look whose commits are asked for: at the first look, and at a later one. */
const detailed = { first: 30, later: 300 };

/** Pages of a first look; a repository with more moves than 10,000 in those days shows its newest. */
const mostFirstPages = 100;

const eventsPerPage = 100;

interface Gathered {
  etag: string | undefined;
  /** The newest first, each once. */
  activities: Activity[];
  /** They go back to the round's beginning. */
  whole: boolean;
}

/** All that is new and some of what is known; undefined where nothing has changed. */
async function gather(round: Round, known: State | undefined): Promise<Gathered | undefined> {
  const seen = new Set(known?.seen);
  const byId = new Map<number, Activity>();
  let [etag, whole, pages] = [undefined as string | undefined, false, 0];
  const target = `${round.path}/activity?per_page=100`;
  for await (const page of listPages(round, 'activities', target, known?.etag)) {
    pages += 1;
    etag ??= page.etag;
    const activities = activitiesOf(round, page.items);
    for (const activity of activities) byId.set(activity.id, activity);
    whole = page.last || activities.some(({ timestamp }) => isTooOld(timestamp, round));
    if (whole || activities.some(({ id }) => seen.has(id))) break;
    if (known === undefined && pages >= mostFirstPages) {
      round.log.warn({ activities: byId.size }, 'there are more pushes than a first look tells');
      break;
    }
  }
  return pages === 0 ? undefined : { etag, activities: [...byId.values()], whole };
}

function isWatched({ ref }: Activity, round: Round): boolean {
  const branch = branchOf(ref);
  return branch === undefined || round.watches(branch);
}

/** What there is to tell, the oldest first, each with whether the very same move was told before. */
async function findMoves(round: Round, { activities, whole }: Gathered, known: State | undefined) {
  const seen = new Set(known?.seen);
  const rewound = new Set(known?.rewound);
  const history = new ActivityHistory(round, activities, seen, whole);
  const moves: { activity: Activity; again: boolean }[] = [];
  for (const activity of activities.toReversed()) {
    if (seen.has(activity.id) || isTooOld(activity.timestamp, round)) continue;
    const ref = refDigest(activity.ref);
    if (isWatched(activity, round)) {
      moves.push({ activity, again: await history.repeats(activity, rewound.has(ref)) });
    }
    if (!isRewind(activity)) continue;
    rewound.delete(ref);
    rewound.add(ref);
  }
  return { moves, rewound: [...rewound].slice(-rememberedRefs) };
}

/**
 * Pushes, forced ones too, and branches that come and go, merged pull requests among them: from the repository's
 * activity, where each has an id and an instant. A move's key is its ref, before and after, as a webhook knows them;
 * an equal one that comes later has its id besides.
 */
export const activity = defineLook<State>({
  name: 'activity',
  kind: 'push',
  state: State,
  async *look(round, known) {
    const gathered = await gather(round, known);
    if (!gathered) {
      if (known) yield { events: [], state: known };
      return;
    }
    const { moves, rewound } = await findMoves(round, gathered, known);
    const undetailed = moves.length - (known ? detailed.later : detailed.first);
    let events: SourceEvent[] = [];
    for (const [index, { activity, again }] of moves.entries()) {
      const comparison = index < undetailed ? null : await compare(activity, round);
      const sighting = {
        ...sightingAt(activity.timestamp, round),
        ...(again && { again: String(activity.id) }),
      };
      events.push(...round.take(translatePush(activity, comparison, round.repository, sighting)));
      if (events.length < eventsPerPage) continue;
      yield { events };
      events = [];
    }
    const seen = [...new Set([...gathered.activities.map(({ id }) => id), ...(known?.seen ?? [])])];
    yield { events, state: { etag: gathered.etag, seen: seen.slice(0, rememberedIds), rewound } };
  },
});
