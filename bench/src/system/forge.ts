import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@painchain/embedded-postgres';
import { bodyOf } from './api.js';
import type { Child } from './child.js';
import type { Stage } from './stage.js';

/** Something that must be told. */
export interface Fact {
  type: string;
  subject: string;
  project: string;
}

/** What a forge was asked, and how much of it counted against a rate limit. */
export interface Asked {
  all: number;
  counted: number;
  /** Of the counted ones, by the kind of address. */
  counts: Record<string, number>;
}

/** Where forges differ. */
export interface ForgeKind {
  /** Of the connector, whose folder is called the same. */
  type: 'github' | 'gitlab';
  /** Whether a 304 is not counted against the rate limit. */
  isUnchangedFree: boolean;
  /** What an integration watches, of an owner: all that he has. */
  config(url: string, owner: string): object;
  /** A repository of an owner, by its number. */
  nameOf(owner: string, index: number): string;
  /** Paths under the address of a repository that naive polling asks for, and what is sent with them. */
  naive(name: string): { paths: string[]; headers: Record<string, string> };
}

/** A forge of its own process, and a connector that watches it for the backend. */
export class Forge {
  readonly #integrations: string[] = [];

  private constructor(
    readonly kind: ForgeKind,
    private readonly stage: Stage,
    private readonly fake: Child,
    private readonly connector: Child,
    private readonly port: number,
    private readonly control: number,
  ) {}

  static async start(stage: Stage, kind: ForgeKind): Promise<Forge> {
    const { type } = kind;
    const [port, control] = [await freePort(), await freePort()];
    const fake = stage.spawn(`fake ${type}`, `connectors/${type}/dist/testing/serve-fake-${type}.js`, {
      FAKE_PORT: String(port),
      FAKE_CONTROL_PORT: String(control),
    });
    const answers = () =>
      fetch(`http://127.0.0.1:${control}/asked`).then(
        ({ ok }) => ok,
        () => false,
      );
    await fake.until(answers);
    const folder = join(stage.home.folder, type);
    mkdirSync(folder, { recursive: true });
    const connector = stage.spawn(`${type} connector`, `connectors/${type}/dist/index.js`, {
      PAINCHAIN_API_URL: `http://127.0.0.1:${stage.api.port}/api`,
      PAINCHAIN_API_KEY_FILE: join(stage.home.data, 'connector.key'),
      PAINCHAIN_CONFIG: '',
      PAINCHAIN_DATA_DIR: folder,
      PAINCHAIN_LOG_LEVEL: 'warn',
    });
    await connector.until(async () => (await stage.api.get('/connectors')).text.includes(`"${type}"`));
    return new Forge(kind, stage, fake, connector, port, control);
  }

  get pid(): number {
    return this.connector.pid;
  }

  asked(): Promise<Asked> {
    return this.#tell('/asked', {});
  }

  /** Makes owners with repositories, and an integration for each of them. */
  async watch(owners: number, repositories: number): Promise<void> {
    const from = this.#integrations.length;
    await this.#tell('/hold', { owners, repositories, from });
    for (let owner = from; owner < from + owners; owner += 1) {
      const config = this.kind.config(this.#url, `org-${owner}`);
      const integration = { type: this.kind.type, name: `org-${owner}`, config };
      const { text } = await this.stage.api.post('/integrations', bodyOf(integration));
      this.#integrations.push((JSON.parse(text) as { id: string }).id);
    }
  }

  /** Lets something happen in an owner's repository. */
  async change(owner: number, index: number): Promise<Fact[]> {
    const repository = this.kind.nameOf(`org-${owner}`, index);
    return (await this.#tell<{ facts: Fact[] }>('/change', { repository })).facts;
  }

  /** Counted requests of one round of naive polling of one repository. */
  async naiveRound(): Promise<number> {
    const before = await this.asked();
    const { paths, headers } = this.kind.naive(this.kind.nameOf('org-0', 0));
    for (const path of paths) await (await fetch(`${this.#url}${path}`, { headers })).text();
    return (await this.asked()).counted - before.counted;
  }

  /** Ends both, and leaves no integration behind. */
  async stop(): Promise<void> {
    await Promise.all([this.connector.stop(), this.fake.stop()]);
    for (const id of this.#integrations) await this.stage.api.delete(`/integrations/${id}`);
  }

  get #url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async #tell<T>(path: string, body: object): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${this.control}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return (await answer.json()) as T;
  }
}
