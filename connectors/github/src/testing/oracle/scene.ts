import type { JsonObject } from '@painchain/connector-sdk';
import {
  Chance,
  MemoryBackend,
  type StartedConnector,
  startConnector,
  TickClock,
} from '@painchain/connector-sdk/testing';
import { eventKinds } from '../../config.js';
import { gitHub } from '../../connector.js';
import { type Asked, FakeGitHub, type Account, type Repository, World, live } from '../fake-github/index.js';
import { Attendance, type Verdict, judge, latenciesOf } from './judge.js';
import type { Stored } from './words-of-event.js';

/** What passes in five milliseconds. */
const stepMs = 1_500;
export const minute = 60_000;

interface Stage {
  clock: TickClock;
  world: World;
  github: FakeGitHub;
  backend: MemoryBackend;
}

/** When the clock begins. */
const started = Date.UTC(2026, 10, 24, 7);

/** A GitHub in which people work, a backend, and the connector between them, on one fast clock. */
export class Scene {
  readonly clock: Stage['clock'];
  readonly world: World;
  readonly github: FakeGitHub;
  readonly backend: MemoryBackend;
  readonly attendance: Attendance;
  readonly asked: Asked[] = [];
  /** When the connector begins to look. */
  readonly began: number;
  readonly #processes: StartedConnector[] = [];

  private constructor({ clock, world, github, backend }: Stage) {
    this.clock = clock;
    this.world = world;
    this.github = github;
    this.backend = backend;
    this.began = started;
    this.attendance = new Attendance(world);
    github.heard = (asked) => {
      this.asked.push(asked);
      this.attendance.hear(asked);
    };
  }

  static async open(seed: number): Promise<Scene> {
    const chance = new Chance(seed);
    const clock = new TickClock(started, stepMs, () => chance.next());
    const world = new World(() => clock.now(), seed);
    // One thing in ten shows late.
    world.lag = (chance) => (chance.happens(0.1) ? Math.round(chance.between(5, 240)) * 1_000 : 0);
    const github = await FakeGitHub.start(world);
    const backend = await MemoryBackend.start({ now: () => clock.now() });
    return new Scene({ clock, world, github, backend });
  }

  /** Minutes since the connector began to look. */
  get minutes(): number {
    return (this.clock.now() - this.began) / minute;
  }

  /** A repository in which people have worked for a while, and go on for so many minutes. */
  repository(
    owner: string,
    name: string,
    { minutes, everyMs }: { minutes: number; everyMs: number },
  ): Repository {
    const repository = this.world.addRepository(owner, name);
    const [from, until] = [this.began - 90 * minute, this.began + minutes * minute];
    live(repository, { seed: repository.id, from, until, everyMs });
    return repository;
  }

  /** An integration of that name, and of the owner of that name unless `rest` names repositories. Gives its id. */
  integration(name: string, credential: JsonObject, rest: JsonObject = {}): string {
    const repositories = [{ owner: name }];
    const events = eventKinds.filter((kind) => kind !== 'configuration');
    const config = { ...credential, base_url: this.github.url, repositories, events, ...rest };
    return this.backend.store.upsert({ type: 'github', name, config }).id;
  }

  start(): StartedConnector {
    const { backend, clock } = this;
    const process = startConnector(backend, gitHub, undefined, { clock });
    this.#processes.push(process);
    return process;
  }

  /** Sleeps until so many minutes have passed since the beginning. */
  until(minutes: number): Promise<void> {
    return this.clock.sleep(Math.max(0, this.began + minutes * minute - this.clock.now()));
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

  /** Waits until the connector reports of an integration that it has this trouble. */
  async troubled(integration: string, code: string): Promise<void> {
    const patience = this.clock.now() + 10 * minute;
    const trouble = () => this.backend.store.integrations.get(integration)?.lastReport?.trouble;
    while (trouble()?.code !== code) {
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

  /** By the names of repositories. */
  verdicts(...repositories: Repository[]): Record<string, Verdict> {
    this.world.catchUp();
    const { facts } = this.world.ledger;
    return Object.fromEntries(
      repositories.map((repository) => [
        repository.fullName,
        judge(repository.id, facts, this.#eventsOf(repository), this.attendance),
      ]),
    );
  }

  latencies(repository: Repository): { visibleFrom: number; ms: number }[] {
    const facts = this.world.ledger.facts.filter((fact) => fact.repository === repository.id);
    return latenciesOf(facts, this.#eventsOf(repository));
  }

  #eventsOf({ fullName, formerNames }: Repository): Stored[] {
    const names = new Set([fullName.toLowerCase(), ...formerNames]);
    return [...this.backend.store.events.values()].filter(({ project }) => names.has(project.toLowerCase()));
  }

  /** How many questions an account asked within these minutes, whatever the answer. */
  questionsOf(account: Account | undefined, from: number, to: number): number {
    return this.asked.filter(
      ({ at, account: asking }) => asking === account && at > this.minute(from) && at < this.minute(to),
    ).length;
  }

  /** The instant at that minute. */
  minute(minutes: number): number {
    return this.began + minutes * minute;
  }

  async close(): Promise<void> {
    for (const process of this.#processes.splice(0)) await process.end();
    await this.github.stop();
    await this.backend.stop();
    this.clock.stop();
  }
}
