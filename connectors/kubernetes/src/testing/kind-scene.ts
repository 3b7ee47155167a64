import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type JsonValue,
  type Page,
  type Source,
  type SourceEvent,
  type Translation,
  createLogger,
} from '@painchain/connector-sdk';
import { ManualClock } from '@painchain/connector-sdk/testing';
import { z } from 'zod';
import type { Kind } from '../kinds/kind.js';
import { type KindSourceOptions, kindSource } from '../source/kind-source.js';
import { digestOf } from '../translate/digest.js';
import { ScriptedCluster } from './scripted-cluster.js';
import type { GivenObject } from './world.js';

const Shown = z.object({
  name: z.string(),
  uid: z.string(),
  generation: z.number(),
  spec: z.object({ value: z.union([z.string(), z.number()]) }),
});

/** A kind of which each change of `spec.value` is told. */
export const pretendKind: Kind = {
  name: 'Deployment',
  resources: [{ groupVersion: 'apps/v1', plural: 'deployments', namespaced: true }],
  usual: true,
  keep: ({ metadata: { name, namespace, uid, generation = 0 }, spec }) => ({
    name,
    namespace: namespace ?? '',
    uid,
    generation,
    spec: spec ?? {},
  }),
  translate({ before, after, managers }, cluster, sighting): Translation {
    const { name, uid, generation } = Shown.parse(after ?? before);
    const value = (of: typeof before) => (of === null ? '-' : String(Shown.parse(of).spec.value));
    const title = `${name} ${value(before)}→${value(after)}`;
    if (value(before) === value(after)) return { kind: 'ignored', reason: 'pretended' };
    if (value(after) === 'unreadable') throw new Error('nobody has foreseen this');
    const event: SourceEvent = {
      key_parts: [cluster.uid, uid, String(generation), after === null ? 'end' : 'step'],
      title,
      project: cluster.name,
      timestamp: sighting.at,
      time_precision: sighting.since === undefined ? 'exact' : 'gap',
      data: { since: sighting.since, by: managers.map(({ manager }) => manager) },
    };
    return { kind: 'events', events: [event] };
  },
};

/** An object of that kind. */
export function deployment(name: string, value: string | number, namespace = 'shop'): GivenObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec: { value } };
}

/** A kind's source under watch, with a cluster and a backend in memory, and time that passes when it is told to. */
export class KindScene {
  readonly clock = new ManualClock();
  readonly cluster = new ScriptedCluster('prod', () => this.clock.now());
  readonly dir = mkdtempSync(join(tmpdir(), 'painchain-kind-'));
  cursor: JsonValue = null;
  watermark: string | null = null;
  /** What has been told, in order, as often as it was. */
  told: string[] = [];
  readonly events: SourceEvent[] = [];
  readonly pages: Page[] = [];
  readonly coverage: { from: string; to: string; kind: string }[] = [];
  readonly skipped: string[] = [];
  failure: unknown;
  #source: Source | undefined;
  /** What ends the run at its next page. */
  #break: { stored: boolean; now: () => void } | undefined;
  #stop: AbortController | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly kind: Kind = pretendKind,
    private readonly options: Partial<KindSourceOptions> = {},
  ) {}

  /** Begins the source as a process does that has just started, or goes on with the same one. */
  start(source: Source = this.source()): this {
    const stop = new AbortController();
    this.#stop = stop;
    this.#source = source;
    this.failure = undefined;
    this.#running = this.#run(source, stop.signal).catch((error: unknown) => {
      this.failure = error;
    });
    return this;
  }

  source(): Source {
    const { dir, clock } = this;
    return kindSource(
      this.kind,
      this.cluster,
      { name: 'prod' },
      { dataDir: dir, shape: '1', rhythm: clock, ...this.options },
    );
  }

  /** Ends the source as a process does that may finish. */
  async stop(): Promise<void> {
    this.#stop?.abort();
    await this.#running;
  }

  /**
   * The process dies at its next page, which is stored by then or not: what it would do at its end is not done. Another
   * one takes its place.
   */
  async killAtNextPage(stored: boolean): Promise<void> {
    const copy = `${this.dir}.killed`;
    // A file that is just being written may be gone before it is copied.
    const filter = (path: string) => !path.endsWith('.tmp');
    this.#break = { stored, now: () => cpSync(this.dir, copy, { recursive: true, filter }) };
    await this.until(() => this.failure !== undefined);
    await this.stop();
    rmSync(this.dir, { recursive: true });
    renameSync(copy, this.dir);
    this.start();
  }

  /** The next page can't be stored; later the same process goes on. */
  async refuseNextPage(): Promise<void> {
    this.#break = { stored: false, now: () => undefined };
    await this.until(() => this.failure !== undefined);
    await this.stop();
    this.start(this.#source);
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** Lets so much time pass, a little at a time. */
  async pass(ms: number, step = 100): Promise<void> {
    for (let passed = 0; passed < ms; passed += step) await this.clock.advance(Math.min(step, ms - passed));
  }

  /** Lets as much time pass as it takes. */
  async until(seen: () => boolean): Promise<void> {
    const patience = Date.now() + 20_000;
    for (let tries = 1; !seen(); tries += 1) {
      if (Date.now() > patience) throw new Error(`it never came; told: ${this.told.join(', ')}`);
      await this.clock.advance(20);
      // Real files are written in between.
      if (tries % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** Until a watch is open and everything so far is told. */
  async settled(): Promise<void> {
    await this.until(() => this.cluster.openWatches > 0);
    await this.pass(600);
  }

  async #run(source: Source, signal: AbortSignal): Promise<void> {
    const collected = source.collect({
      cursor: this.cursor,
      watermark: this.watermark,
      signal,
      log: createLogger({ name: 'test', level: 'silent' }),
      now: () => this.clock.now(),
      sleep: (ms) => this.clock.sleep(ms, signal),
      take: (translation) => {
        if (translation.kind === 'events') return translation.events;
        this.skipped.push(translation.kind === 'ignored' ? translation.reason : translation.what);
        return [];
      },
      progress: () => undefined,
      rateLimit: () => undefined,
      coverage: (interval) => void this.coverage.push(interval),
    });
    for await (const page of collected) {
      if (signal.aborted) return;
      this.#breaks(false);
      this.pages.push(page);
      this.events.push(...page.events);
      this.told.push(...page.events.map(({ title }) => title));
      this.cursor = page.cursor ?? this.cursor;
      this.watermark = page.watermark ?? this.watermark;
      this.#breaks(true);
    }
  }

  #breaks(stored: boolean): void {
    const broken = this.#break;
    if (broken?.stored !== stored) return;
    this.#break = undefined;
    broken.now();
    throw new Error('it ends here');
  }

  /** The facts that a backend has: each key once. */
  facts(): string[] {
    const facts = new Map(this.events.map(({ key_parts, title }) => [digestOf([...key_parts]), title]));
    return [...facts.values()];
  }
}
