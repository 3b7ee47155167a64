import { setTimeout as sleep } from 'node:timers/promises';
import type { TimelineRow } from '@painchain/contract';
import type { Logger } from '@painchain/runtime';
import { withFields } from './asked-page.js';
import type { LiveCursor } from './live-cursor.js';
import type { LiveState } from './live-state.js';
import {
  type Asked,
  type LiveTailRepository,
  type PlaceRead,
  rowsMax,
  type Seen,
  type TailRecord,
} from './live-tail.repository.js';
import type { Subscriber } from './subscriber.js';
import { toTimelineRow } from '../event-rows/timeline-row.js';

const pollMs = 250;
const afterFailureMs = 1_000;

// Readers that come back with old cursors are served a few places at a time.
const placesMax = 10;

/** Reads one tenant's tail for all of its subscribers in this process, as long as there are any. */
export class TenantTail {
  readonly #subscribers = new Set<Subscriber>();
  #isRunning = false;
  #wake = new AbortController();

  constructor(
    private readonly tenantId: number,
    private readonly repository: Pick<LiveTailRepository, 'read'>,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  get isEmpty(): boolean {
    return this.#subscribers.size === 0;
  }

  add(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
    this.hint();
    if (!this.#isRunning) void this.#run();
  }

  remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    if (this.isEmpty) this.hint();
  }

  /** Reads no more: the connections to the database are about to be closed. */
  stop(): void {
    this.#subscribers.clear();
    this.hint();
  }

  /** Something was stored: the next look need not wait. Nothing is lost when nobody says so. */
  hint(): void {
    this.#wake.abort();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    let hasFailed = false;
    while (!this.isEmpty) {
      this.#wake = new AbortController();
      try {
        const found = await this.#round();
        hasFailed = false;
        if (found === 'nothing') await this.#rest(pollMs, this.#wake.signal);
        else if (found === 'rows') await this.#rest(pollMs);
      } catch (error) {
        if (!hasFailed) this.logger.warn({ err: error }, 'the live tail can not be read; trying again');
        hasFailed = true;
        await this.#rest(afterFailureMs);
      }
    }
    this.#isRunning = false;
  }

  async #rest(ms: number, wake?: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { ref: false, ...(wake && { signal: wake }) }).catch(() => undefined);
  }

  /** Reads once for everybody. Says whether there may be more right away. */
  async #round(): Promise<'nothing' | 'rows' | 'more'> {
    let groups: Group[] = [];
    let isCut = false;
    const { state, reads, lagSeconds } = await this.repository.read(this.tenantId, (current) => {
      const all = groupsOf(this.#subscribers, current);
      groups = all.slice(0, placesMax);
      isCut = all.length > groups.length;
      return groups;
    });
    groups.forEach(({ readers }, index) => deliver(readers, reads[index], state));
    for (const subscriber of this.#subscribers) {
      subscriber.tellLag(lagSeconds);
      subscriber.dropIfBehind();
    }
    if (isCut || reads.some(({ records }) => records.length === rowsMax)) return 'more';
    return reads.some(({ records }) => records.length > 0) ? 'rows' : 'nothing';
  }
}

interface Group {
  place: LiveCursor;
  readers: Readers[];
}

/** Subscribers that ask for the same. */
interface Readers extends Asked {
  subscribers: Subscriber[];
}

/** Subscribers by their place, those furthest ahead first: whoever is live does not wait for who catches up. */
function groupsOf(subscribers: Iterable<Subscriber>, state: LiveState): Group[] {
  const groups = new Map<string, { place: LiveCursor; byAsked: Map<string, Readers> }>();
  for (const subscriber of subscribers) {
    if (subscriber.isBehind) continue;
    const { query, columns, askedName } = subscriber;
    const place = subscriber.placeIn(state);
    const { byAsked } = known(groups, `${place.xid}.${place.seq}`, () => ({ place, byAsked: new Map() }));
    known(byAsked, askedName, () => ({ query, columns, subscribers: [] })).subscribers.push(subscriber);
  }
  return [...groups.values()]
    .map(({ place, byAsked }) => ({ place, readers: [...byAsked.values()] }))
    .sort((one, other) => compare(other.place, one.place));
}

function known<Value>(map: Map<string, Value>, name: string, make: () => Value): Value {
  const found = map.get(name) ?? make();
  map.set(name, found);
  return found;
}

function compare(one: LiveCursor, other: LiveCursor): number {
  const difference = one.xid === other.xid ? one.seq - other.seq : one.xid - other.xid;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

function deliver(readers: Readers[], read: PlaceRead | undefined, { now }: LiveState): void {
  const { records, seen } = read ?? { records: [], seen: [] };
  const last = records.length === rowsMax ? records.at(-1) : undefined;
  const end = last ? { cluster: now.cluster, xid: BigInt(last.xid), seq: BigInt(last.seq) } : now;
  readers.forEach(({ subscribers, columns }, index) => {
    const rows = records.length === 0 ? [] : rowsOf(records, columns, seen[index]);
    for (const subscriber of subscribers) {
      if (rows) subscriber.deliver(rows, end);
      else subscriber.drop('the query takes too long for what happened');
    }
  });
}

/** Undefined when it took too long to tell. */
function rowsOf(
  records: readonly TailRecord[],
  columns: Asked['columns'],
  seen: Seen | undefined,
): TimelineRow[] | undefined {
  if (!seen) return undefined;
  const toRow = withFields({ columns }, toTimelineRow);
  return records.flatMap((record) => {
    return seen.matches.has(record.seq)
      ? [toRow({ ...record, fields: seen.fields.get(record.seq) ?? [] })]
      : [];
  });
}
