import type { Connector } from '../../connector.js';
import { fromCursor } from '../../rounds/cursor.js';
import { Chance } from '../chance.js';
import { MemoryBackend } from '../memory-backend.js';
import { type StartedConnector, startConnector } from '../start-connector.js';
import { TickClock } from '../tick-clock.js';
import {
  Attendance,
  type Room,
  type Stored,
  type Verdict,
  type WordsOfEvent,
  judge,
  latenciesOf,
} from './judge.js';
import type { Fact } from './ledger.js';
import type { Asked, PretendServer } from './server.js';
import type { PretendPlace, PretendWorld } from './world.js';

/** What passes in five milliseconds. */
const stepMs = 1_500;
const minute = 60_000;

/** When the clock begins. */
const started = Date.UTC(2026, 10, 24, 7);

/** A repository or project of the scene, by the names that it has and had. */
export interface ScenePlace extends PretendPlace<PretendWorld> {
  readonly fullName: string;
  readonly formerNames: ReadonlySet<string>;
}

/** A clock on which a minute takes a fifth of a second, and a backend that lives by it. */
export interface Stage {
  clock: TickClock;
  backend: MemoryBackend;
}

export async function openStage(seed: number): Promise<Stage> {
  const chance = new Chance(seed);
  const clock = new TickClock(started, stepMs, () => chance.next());
  return { clock, backend: await MemoryBackend.start({ now: () => clock.now() }) };
}

interface Cast<World extends PretendWorld, Account, Config> {
  server: PretendServer<World, Account>;
  connector: Connector<Config>;
  wordsOfEvent: WordsOfEvent;
  /** What a request looked at, if it is one by which differences show. */
  lookedAt: (asked: Asked<Account>, world: World) => Room | undefined;
  /** Where facts of a type show. */
  roomOf: (type: string) => string;
}

/** An upstream in which people work, a backend, and the connector between them, on one fast clock. */
export class PretendScene<World extends PretendWorld, Account, Config> {
  readonly clock: TickClock;
  readonly backend: MemoryBackend;
  readonly attendance = new Attendance((room) => this.#firstKept(room));
  readonly asked: Asked<Account>[] = [];
  /** When the connector begins to look. */
  readonly began = started;
  readonly #processes: StartedConnector[] = [];

  constructor(
    { clock, backend }: Stage,
    private readonly cast: Cast<World, Account, Config>,
  ) {
    this.clock = clock;
    this.backend = backend;
    cast.server.heard = (asked) => {
      this.asked.push(asked);
      const isAnswer = asked.status === 200 || asked.status === 304;
      const room = isAnswer ? cast.lookedAt(asked, this.world) : undefined;
      if (room) this.attendance.hear(room, asked.at);
    };
  }

  get world(): World {
    return this.cast.server.world;
  }

  /** Minutes since the connector began to look. */
  get minutes(): number {
    return (this.clock.now() - this.began) / minute;
  }

  /** The instant at that minute. */
  minute(minutes: number): number {
    return this.began + minutes * minute;
  }

  start(): StartedConnector {
    const process = startConnector(this.backend, this.cast.connector, undefined, { clock: this.clock });
    this.#processes.push(process);
    return process;
  }

  /** Sleeps until so many minutes have passed since the beginning. */
  until(minutes: number): Promise<void> {
    return this.clock.sleep(Math.max(0, this.minute(minutes) - this.clock.now()));
  }

  /** Waits until the connector says itself that it has seen everything up to that minute. */
  async settled(integrations: readonly string[], minutes: number): Promise<void> {
    const behind = () => integrations.filter((id) => this.#isBehind(id, this.minute(minutes)));
    const patience = this.clock.now() + 60 * minute;
    while (behind().length > 0) {
      if (this.clock.now() > patience) {
        throw new Error(`not settled by ${this.minutes} minutes: ${this.#standing(behind())}`);
      }
      await this.clock.sleep(5_000);
    }
  }

  /** Waits until the connector reports that an integration, or one of its sources, has this trouble. */
  async troubled(integration: string, code: string): Promise<void> {
    const patience = this.clock.now() + 10 * minute;
    const troubles = () => {
      const report = this.backend.store.integrations.get(integration)?.lastReport;
      return [report?.trouble, ...(report?.sources ?? []).map(({ trouble }) => trouble)];
    };
    while (!troubles().some((trouble) => trouble?.code === code)) {
      if (this.clock.now() > patience) throw new Error(`not ${code}: ${this.#standing([integration])}`);
      await this.clock.sleep(5_000);
    }
  }

  #isBehind(integration: string, wanted: number): boolean {
    const sources = [...(this.backend.store.integrations.get(integration)?.sources.values() ?? [])];
    return sources.length === 0 || sources.some(({ watermark }) => !(Date.parse(watermark ?? '') >= wanted));
  }

  #standing(integrations: readonly string[]): string {
    const reports = integrations.map((id) => this.backend.store.integrations.get(id)?.lastReport);
    return JSON.stringify(
      reports.map((report) => report?.trouble ?? report?.sources),
      null,
      1,
    ).slice(0, 3_000);
  }

  /** By the names of places. */
  verdicts(...places: ScenePlace[]): Record<string, Verdict> {
    this.world.catchUp();
    const { attendance } = this;
    return Object.fromEntries(
      places.map((place) => [
        place.fullName,
        judge(this.#factsOf(place), this.#eventsOf(place), { attendance, ...this.cast }),
      ]),
    );
  }

  latencies(place: ScenePlace): { visibleFrom: number; ms: number }[] {
    return latenciesOf(this.#factsOf(place), this.#eventsOf(place), this.cast.wordsOfEvent);
  }

  /** What a look of a process that was killed upon it has seen, nobody knows. */
  #firstKept({ source, room }: Room): number | undefined {
    for (const { sources } of this.backend.store.integrations.values()) {
      for (const { history } of sources.values()) {
        for (const cursor of history) {
          const memory = fromCursor(cursor);
          if (memory?.thing.id !== source) break;
          const look = memory.looks.get(room);
          if (look) return Date.parse(look.asked);
        }
      }
    }
    return undefined;
  }

  #factsOf({ id }: ScenePlace): Fact[] {
    return this.world.ledger.facts.filter(({ source }) => source === id);
  }

  #eventsOf({ fullName, formerNames }: ScenePlace): Stored[] {
    const names = new Set([fullName.toLowerCase(), ...formerNames]);
    return [...this.backend.store.events.values()].filter(({ project }) => names.has(project.toLowerCase()));
  }

  /** How many questions an account asked within these minutes, whatever the answer. */
  questionsOf(account: Account | undefined, from: number, to: number): number {
    return this.asked.filter(
      ({ at, account: asking }) => asking === account && at > this.minute(from) && at < this.minute(to),
    ).length;
  }

  async close(): Promise<void> {
    for (const process of this.#processes.splice(0)) await process.end();
    await this.cast.server.stop();
    await this.backend.stop();
    this.clock.stop();
  }
}
