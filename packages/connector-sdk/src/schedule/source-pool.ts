import type { Source } from '../connector.js';
import { type RunnerHost, type SourcePosition, SourceRunner } from './source-runner.js';

/**
 * The sources of an integration that run. Its list may be replaced: who stays goes on undisturbed, and who leaves is
 * remembered, so that it continues where it was when it comes back.
 */
export class SourcePool {
  /** Resolves when nothing runs any more after `stop`. Rejects with LeaseLostError as soon as a source does. */
  readonly ended: Promise<void>;
  #wanted: ReadonlyMap<string, Source> = new Map();
  readonly #runners = new Map<string, SourceRunner>();
  #stopped = false;
  readonly #end: { resolve: () => void; reject: (reason: unknown) => void };

  /** @param positions of all sources that have ever had one, by name; the pool goes on keeping them */
  constructor(
    private readonly host: RunnerHost,
    private readonly positions: Map<string, SourcePosition>,
  ) {
    const { promise, resolve, reject } = withResolvers();
    this.ended = promise;
    this.#end = { resolve, reject };
  }

  runners(): SourceRunner[] {
    return [...this.#runners.values()];
  }

  /** Runs these sources from now on, and no others. */
  replace(sources: ReadonlyMap<string, Source>): void {
    if (this.#stopped) return;
    this.#wanted = sources;
    for (const [name, runner] of this.#runners) if (!sources.has(name)) runner.stop();
    for (const source of sources.values()) this.#begin(source);
  }

  /** Begins nothing new; what is being delivered is delivered. */
  stop(): void {
    this.#stopped = true;
    this.#wanted = new Map();
    for (const runner of this.#runners.values()) runner.stop();
    this.#endIfEmpty();
  }

  #begin(source: Source): void {
    // One that is being stopped begins anew when it has ended, or two would move one cursor.
    if (this.#runners.has(source.name)) return;
    const position = this.positions.get(source.name) ?? { cursor: null, version: 0, watermark: null };
    const runner = new SourceRunner(source, position, this.host);
    this.#runners.set(source.name, runner);
    void this.#run(runner);
  }

  async #run(runner: SourceRunner): Promise<void> {
    const { name } = runner.source;
    try {
      await runner.run();
    } catch (error) {
      this.#end.reject(error);
      this.#wanted = new Map();
    }
    this.positions.set(name, runner.position);
    this.#runners.delete(name);
    const again = this.#wanted.get(name);
    if (again) this.#begin(again);
    this.#endIfEmpty();
  }

  #endIfEmpty(): void {
    if (this.#stopped && this.#runners.size === 0) this.#end.resolve();
  }
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  // Whoever waits for it hears of a rejection; that nobody does yet is no accident.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
