import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@painchain/embedded-postgres';
import { bodyOf } from './api.js';
import type { Child } from './child.js';
import type { Stage } from './stage.js';

/** Something that must be told, or that an informer has seen. */
export interface Change {
  /** `<namespace>/<kind>/<name>`: the end of its subject. */
  path: string;
  /** In milliseconds since 1970. */
  at: number;
}

/** What client-node's informers have seen. */
export interface Informed {
  known: number;
  /** From their start until all was listed. */
  listMs: number;
  seen: Change[];
}

const name = 'bench';
const folderOf = (stage: Stage) => join(stage.home.folder, 'kubernetes');

/** A cluster of its own process, and who watches it: the Kubernetes connector for the backend, and informers beside it. */
export class FakeCluster {
  #connector: Child | undefined;
  #integration: string | undefined;

  private constructor(
    private readonly stage: Stage,
    private readonly fake: Child,
    private readonly port: number,
    private readonly control: number,
  ) {}

  /** Its subjects begin with it. */
  readonly name = name;

  static async start(stage: Stage, objects: number): Promise<FakeCluster> {
    const [port, control] = [await freePort(), await freePort()];
    const fake = stage.spawn('fake cluster', 'connectors/kubernetes/dist/testing/serve-fake-cluster.js', {
      FAKE_CLUSTER_PORT: String(port),
      FAKE_CLUSTER_CONTROL_PORT: String(control),
    });
    await fake.until(() => answers(control));
    const cluster = new FakeCluster(stage, fake, port, control);
    await cluster.#tell('/hold', { objects });
    return cluster;
  }

  /** Starts the connector, which goes on with what it has kept where it has been stopped before. */
  async watch(): Promise<void> {
    mkdirSync(folderOf(this.stage), { recursive: true });
    this.#connector = this.stage.spawn('Kubernetes connector', 'connectors/kubernetes/dist/index.js', {
      PAINCHAIN_API_URL: `http://127.0.0.1:${this.stage.api.port}/api`,
      PAINCHAIN_API_KEY_FILE: join(this.stage.home.data, 'connector.key'),
      PAINCHAIN_CONFIG: '',
      PAINCHAIN_DATA_DIR: folderOf(this.stage),
      PAINCHAIN_LOG_LEVEL: 'warn',
    });
    await this.#connector.until(async () =>
      (await this.stage.api.get('/connectors')).text.includes('"kubernetes"'),
    );
    this.#integration ??= await this.#integrate();
  }

  async stopWatching(): Promise<void> {
    await this.#connector?.stop();
    this.#connector = undefined;
  }

  /** Of the connector's process. */
  get pid(): number {
    return this.#connector?.pid ?? 0;
  }

  /** Starts informers of client-node for the same kinds, lets something happen, and ends them. */
  async inform(meanwhile: (pid: number) => Promise<void>): Promise<Informed> {
    const port = await freePort();
    const informer = this.stage.spawn('informer', 'connectors/kubernetes/dist/testing/serve-informer.js', {
      FAKE_CLUSTER_URL: `http://127.0.0.1:${this.port}`,
      INFORMER_PORT: String(port),
    });
    try {
      await informer.until(() => answers(port));
      await meanwhile(informer.pid);
      return (await (await fetch(`http://127.0.0.1:${port}`)).json()) as Informed;
    } finally {
      await informer.stop();
    }
  }

  /** So many changes, each of which must be told; without a pace all at once. */
  async change(count: number, perSecond?: number): Promise<Change[]> {
    return (await this.#tell<{ changes: Change[] }>('/change', { count, perSecond })).changes;
  }

  /** Forgets all that has happened: who hasn't seen it has to list anew. */
  async compact(): Promise<void> {
    await this.#tell('/compact', {});
  }

  /** When the connector has begun to list since the last compaction, in milliseconds since 1970. */
  async began(): Promise<number> {
    const { began } = await this.#tell<{ began: Record<string, number> }>('/asked', {});
    return began.connector ?? Number.NaN;
  }

  /** Ends all of them, and leaves no integration behind. */
  async stop(): Promise<void> {
    await Promise.all([this.stopWatching(), this.fake.stop()]);
    if (this.#integration !== undefined) await this.stage.api.delete(`/integrations/${this.#integration}`);
  }

  async #integrate(): Promise<string> {
    const server = `http://127.0.0.1:${this.port}`;
    const config = { clusters: [{ name, server, token: 'connector' }] };
    const { text } = await this.stage.api.post('/integrations', bodyOf({ type: 'kubernetes', name, config }));
    return (JSON.parse(text) as { id: string }).id;
  }

  async #tell<T>(path: string, body: object): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${this.control}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return (await answer.json()) as T;
  }
}

function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}`).then(
    ({ ok }) => ok,
    () => false,
  );
}
