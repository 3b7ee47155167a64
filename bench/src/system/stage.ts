import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '@painchain/runtime';
import { freePort, type RunningPostgres, startPostgres } from '@painchain/embedded-postgres';
import pg from 'pg';
import { Api } from './api.js';
import { Child } from './child.js';
import type { Home } from './home.js';

/** Of a server that has the machine to itself. */
export const serverSettings = {
  shared_buffers: '2GB',
  max_wal_size: '4GB',
  work_mem: '32MB',
  random_page_cost: '1.1',
};

/** The processes that are measured. All are ours, on loopback and free ports, and end with us. */
export class Stage {
  #postgres: RunningPostgres | undefined;
  #backend: Child | undefined;
  #connector: Child | undefined;
  #api: Api | undefined;
  readonly #others = new Set<Child>();
  readonly #clients = new Set<pg.Client>();

  constructor(
    readonly home: Home,
    private readonly env: Environment,
    /** Nothing is started any more once it is aborted. */
    private readonly signal: AbortSignal,
  ) {}

  get api(): Api {
    return present(this.#api);
  }
  get pids(): { postgres: number; backend: number; connector: number | undefined } {
    return {
      postgres: present(this.#postgres).pid,
      backend: present(this.#backend).pid,
      connector: this.#connector?.pid,
    };
  }

  async startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    this.signal.throwIfAborted();
    this.#postgres = await startPostgres({ dataDir: this.home.postgres, settings });
    this.signal.throwIfAborted();
  }

  /** The owner's connection: no row security, no HTTP. */
  async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: present(this.#postgres).ownerUrl });
    client.on('error', () => undefined);
    await client.connect();
    this.#clients.add(client);
    return client;
  }

  /** Also migrates the database. */
  async startBackend(): Promise<void> {
    this.signal.throwIfAborted();
    const port = await freePort();
    this.#backend = new Child(
      'backend',
      'painchain/backend/dist/main.js',
      {
        ...this.env,
        DATABASE_URL: present(this.#postgres).ownerUrl,
        PAINCHAIN_HOST: '127.0.0.1',
        PAINCHAIN_PORT: String(port),
        PAINCHAIN_DATA_DIR: this.home.data,
        PAINCHAIN_LOG_LEVEL: 'warn',
      },
      this.home.log('backend'),
    );
    const api = new Api(port);
    this.#api = api;
    await this.#backend.until(() =>
      api.get('/health/ready').then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
  }

  /** A git connector that watches an empty repository. */
  async startConnector(): Promise<void> {
    this.signal.throwIfAborted();
    const folder = join(this.home.folder, 'connector');
    const repository = join(folder, 'repository');
    mkdirSync(repository, { recursive: true });
    spawnSync('git', ['init', '--quiet', repository]);
    const config = join(folder, 'git-connector.yaml');
    writeFileSync(
      config,
      `connector:\n  type: git\n  project: bench\nconfig:\n  repositories:\n    - path: ${repository}\n`,
    );
    const connector = new Child(
      'git connector',
      'connectors/git/dist/index.js',
      {
        ...this.env,
        PAINCHAIN_API_URL: `http://127.0.0.1:${this.api.port}/api`,
        PAINCHAIN_API_KEY_FILE: join(this.home.data, 'connector.key'),
        PAINCHAIN_CONFIG: config,
        PAINCHAIN_DATA_DIR: folder,
        PAINCHAIN_HEALTH_PORT: '0',
      },
      this.home.log('git-connector'),
    );
    this.#connector = connector;
    await connector.until(async () => {
      const { text } = await this.api.get('/connectors');
      return text.includes('"git"');
    });
  }

  /** One more process beside the backend, which ends before it. */
  spawn(name: string, script: string, env: Environment): Child {
    this.signal.throwIfAborted();
    const child = new Child(name, script, { ...this.env, ...env }, this.home.log(name.replaceAll(' ', '-')));
    this.#others.add(child);
    return child;
  }

  async stopBackend(): Promise<void> {
    this.#api?.close();
    await Promise.all([...this.#others].map((other) => other.stop()));
    this.#others.clear();
    await Promise.all([this.#connector?.stop(), this.#backend?.stop()]);
    this.#connector = undefined;
    this.#backend = undefined;
  }

  /** Ends everything, the database last. With much in memory it takes a while to write it down. */
  async stop(postgresMs = 120_000): Promise<void> {
    await this.stopBackend();
    for (const client of this.#clients) void client.end().catch(() => undefined);
    this.#clients.clear();
    await this.#postgres?.stop(postgresMs);
    this.#postgres = undefined;
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it has not been started');
  return value;
}
