import type { ServerResponse } from 'node:http';
import type { JsonObject } from '@painchain/connector-sdk';
import type { Clock } from '@painchain/connector-sdk/testing';
import type { KubernetesObject } from '../../cluster/cluster.js';
import { statusOf } from './answer.js';
import { textOf } from './lists.js';
import type { Selector } from './selectors.js';
import type { ServedKind } from './served-kinds.js';
import type { Change, Store } from './store.js';

/** What a watch is asked for. */
export interface WatchOptions {
  kind: ServedKind;
  namespace: string | undefined;
  selects: Selector;
  /** Undefined: all that there is, and then what happens. */
  since: number | undefined;
  /** How often it is told how far it has come, in milliseconds; undefined where it isn't. */
  bookmarkMs: number | undefined;
  timeoutSeconds: number;
}

/** Of a stream that dribbles: so few bytes at a time, that lines and letters are torn. */
const dribbleBytes = 61;

/** A running watch: lines of JSON for as long as it lasts. What goes wrong with real ones can be done to it. */
export class WatchStream {
  /** Everything up to here has been told. */
  #told: number;
  #silent = false;
  #dribbles = false;
  #writing: Promise<void> = Promise.resolve();
  readonly #over = new AbortController();
  readonly #forget: () => void;

  constructor(
    readonly options: WatchOptions,
    private readonly response: ServerResponse,
    private readonly store: Store,
    private readonly clock: Clock,
  ) {
    this.#told = options.since ?? store.revision;
    this.#forget = store.listen(() => this.#tell());
    response.on('close', () => this.#end());
    response.writeHead(200, {
      'content-type': 'application/json',
      date: new Date(clock.now()).toUTCString(),
    });
    response.flushHeaders();
    if (options.since === undefined) {
      const all = store.list(options.kind, options.namespace).filter(options.selects);
      all.forEach((object) => this.#line('ADDED', textOf(object)));
    }
    this.#tell();
    void this.#bookmarkAndEnd().catch(() => undefined);
  }

  get isOver(): boolean {
    return this.#over.signal.aborted;
  }

  /** Ends as a server does that wants to. */
  close(): void {
    this.#end();
    void this.#writing.then(() => this.response.end());
  }

  /** The connection is gone, in the middle of a line. */
  cut(): void {
    if (this.isOver) return;
    this.#end();
    this.response.write('{"type":"MODIFIED","object":{"kind":"');
    setImmediate(() => this.response.destroy());
  }

  /** From now on nothing comes, and nothing ends: as of a connection that is open on one side only. */
  silence(): void {
    this.#silent = true;
  }

  dribble(): void {
    this.#dribbles = true;
  }

  /** Says within the stream that the version is too old, and ends. */
  expire(): void {
    if (this.isOver) return;
    const message = `too old resource version: ${this.#told} (${this.store.horizon})`;
    this.#line('ERROR', JSON.stringify(statusOf(410, message)));
    this.close();
  }

  /** Says within the stream that something went wrong, and ends. */
  fail(): void {
    if (this.isOver) return;
    this.#line('ERROR', JSON.stringify(statusOf(500, 'etcdserver: leader changed')));
    this.close();
  }

  #end(): void {
    this.#forget();
    this.#over.abort();
  }

  #tell(): void {
    if (this.isOver || this.#silent) return;
    const changes = this.store.since(this.#told);
    if (!changes) return this.expire();
    for (const change of changes) {
      this.#told = change.revision;
      this.#change(change);
    }
  }

  /** What has begun to be selected is told as added, what has ceased to be as deleted. */
  #change({ type, kind, object, before }: Change): void {
    const { kind: watched, namespace, selects } = this.options;
    if (kind !== watched || (namespace !== undefined && object.metadata.namespace !== namespace)) return;
    const was = before !== undefined && selects(before);
    const is = type !== 'DELETED' && selects(object);
    if (is) this.#line(was ? 'MODIFIED' : 'ADDED', textOf(object));
    else if (was) this.#line('DELETED', textOf(gone(object, before)));
  }

  async #bookmarkAndEnd(): Promise<void> {
    const { signal } = this.#over;
    const endsAt = this.clock.now() + this.options.timeoutSeconds * 1_000;
    for (;;) {
      const left = endsAt - this.clock.now();
      if (left <= 0) break;
      const { bookmarkMs } = this.options;
      await this.clock.sleep(Math.min(left, bookmarkMs ?? left), signal);
      if (bookmarkMs !== undefined && !this.#silent) this.#bookmark();
    }
    if (!this.#silent) this.close();
  }

  #bookmark(): void {
    this.#tell();
    if (this.isOver) return;
    const { kind, groupVersion: apiVersion } = this.options.kind;
    this.#told = this.store.revision;
    const metadata: JsonObject = { resourceVersion: String(this.#told), creationTimestamp: null };
    this.#line('BOOKMARK', JSON.stringify({ kind, apiVersion, metadata }));
  }

  #line(type: string, object: string): void {
    const line = `{"type":"${type}","object":${object}}\n`;
    if (!this.#dribbles) return void this.response.write(line);
    this.#writing = this.#writing.then(() => this.#dribble(Buffer.from(line)));
  }

  async #dribble(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length && !this.response.destroyed; at += dribbleBytes) {
      this.response.write(bytes.subarray(at, at + dribbleBytes));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** An object that is no longer selected is told as it was, at the version that took it away. */
function gone(object: KubernetesObject, before: KubernetesObject): KubernetesObject {
  const { resourceVersion } = object.metadata;
  return { ...before, metadata: { ...before.metadata, resourceVersion } };
}
