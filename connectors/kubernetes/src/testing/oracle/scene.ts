import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConnector } from '@painchain/connector-sdk';
import {
  Chance,
  MemoryBackend,
  type StartedConnector,
  startConnector,
  TickClock,
} from '@painchain/connector-sdk/testing';
import { readSurroundings } from '../../config.js';
import { kubernetes } from '../../connector.js';
import { kindSources } from '../../integration.js';
import { FakeApiServer, Store } from '../fake-api-server/index.js';
import { type Deed, makeNoise } from './history.js';
import { type Verdict, judge } from './judge.js';
import { Ledger } from './ledger.js';

const started = Date.UTC(2026, 10, 24, 7);
/** What passes in five milliseconds: as exact as managers' times are. */
const stepMs = 1_000;
/** Things that happen in one such step, each to another object. */
const deedsAtOnce = 8;
/** How long is waited for what should come, in steps. */
const patienceSteps = 3_000;

/** A cluster in which things happen, a backend, and the connector between them, on one fast clock. */
export class Scene {
  readonly #folder = mkdtempSync(join(tmpdir(), 'painchain-oracle-'));
  readonly #integration: string;
  #process: StartedConnector | undefined;

  private constructor(
    readonly chance: Chance,
    readonly clock: TickClock,
    readonly store: Store,
    readonly api: FakeApiServer,
    readonly backend: MemoryBackend,
    readonly ledger: Ledger,
  ) {
    const config = { clusters: [{ name: 'prod', server: api.url, token: 'connector' }] };
    this.#integration = backend.store.upsert({ type: 'kubernetes', name: 'prod', config }).id;
  }

  static async open(seed: number): Promise<Scene> {
    const chance = new Chance(seed);
    const clock = new TickClock(started, stepMs, () => chance.next());
    const store = new Store(() => clock.now());
    const api = await FakeApiServer.start(store, { clock, bookmarkMs: 10_000 });
    const backend = await MemoryBackend.start({ now: () => clock.now() });
    return new Scene(chance, clock, store, api, backend, new Ledger(store, () => clock.now()));
  }

  async close(): Promise<void> {
    await this.#process?.end();
    this.clock.stop();
    await this.api.stop();
    await this.backend.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Starts the connector, with whatever the one before it has kept. */
  start(): void {
    const { clock } = this;
    const connector = defineConnector({
      ...kubernetes,
      sources: (config, context) => kindSources(config, context, readSurroundings({}), clock),
    });
    this.#process = startConnector(this.backend, connector, undefined, { clock, dataDir: this.#folder });
  }

  /** It ends as it should, or as `kill -9` ends it, and is started again. */
  async restart(how: 'end' | 'kill'): Promise<void> {
    await this.#process?.[how]();
    await this.pause(this.chance.below(20));
    this.start();
  }

  pause(steps: number): Promise<void> {
    return this.clock.sleep(steps * stepMs);
  }

  /** Lets deeds be done, several at a time where they are of different objects, with noise between them. */
  async live(deeds: readonly Deed[]): Promise<void> {
    let busy = new Set<string>();
    for (const deed of deeds) {
      const place = `${deed.object.kind} ${deed.object.metadata.namespace} ${deed.object.metadata.name}`;
      if (busy.has(place) || busy.size >= deedsAtOnce) {
        await this.pause(1);
        busy = new Set();
      }
      busy.add(place);
      this.#do(deed);
    }
    await this.pause(1);
  }

  /** Lets something be done while nobody can watch, and waits until it is told. */
  async unseen(deed: () => Promise<void>): Promise<void> {
    await this.settled();
    const from = this.store.revision;
    await deed();
    await this.settled();
    this.ledger.blind.push({ from, to: this.store.revision });
  }

  /** Waits until the connector itself says that it has seen everything up to now. */
  async settled(): Promise<void> {
    const [now, patience] = [this.clock.now(), this.clock.now() + patienceSteps * stepMs];
    for (let behind = this.#behind(now); behind.length > 0; behind = this.#behind(now)) {
      if (this.clock.now() > patience) throw new Error(`not settled: ${this.#standing(behind)}`);
      await this.pause(5);
    }
  }

  verdict(): Verdict {
    return judge(this.ledger, [...this.backend.store.events.values()]);
  }

  #do({ type, object }: Deed): void {
    const { kind, metadata } = object;
    const known = this.store.get(this.store.kindOf(kind), metadata.namespace ?? 'default', metadata.name);
    if (type === 'delete') {
      if (known) this.store.delete(kind, metadata.name, metadata.namespace);
    } else if (known) this.store.update(object);
    else this.store.create(object);
    const after = this.store.get(this.store.kindOf(kind), metadata.namespace ?? 'default', metadata.name);
    if (!after || !this.chance.happens(0.2)) return;
    const time = new Date(this.clock.now()).toISOString();
    makeNoise(this.store, after, this.chance, time);
  }

  /** The sources of what there is that have not seen everything up to an instant. */
  #behind(instant: number): string[] {
    const sources = this.backend.store.integrations.get(this.#integration)?.sources;
    const kinds = this.store.kinds.filter((kind) => this.store.list(kind).length > 0);
    const names = new Set([...kinds.map(({ plural }) => `prod/${plural}`), ...(sources?.keys() ?? [])]);
    return [...names].filter((name) => !(Date.parse(sources?.get(name)?.watermark ?? '') >= instant));
  }

  #standing(names: readonly string[]): string {
    const report = this.backend.store.integrations.get(this.#integration)?.lastReport;
    const sources = report?.sources.filter(({ source }) => names.includes(source));
    return JSON.stringify([names, report?.trouble, sources], null, 1).slice(0, 3_000);
  }
}
