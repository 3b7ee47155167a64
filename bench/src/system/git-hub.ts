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

/** What a GitHub was asked, and how much of it counted against a rate limit. */
export interface Asked {
  all: number;
  counted: number;
  /** Of the counted ones, by the kind of address. */
  counts: Record<string, number>;
}

/** A GitHub of its own process, and a GitHub connector that watches it for the backend. */
export class GitHub {
  readonly #integrations: string[] = [];

  private constructor(
    private readonly stage: Stage,
    private readonly fake: Child,
    private readonly connector: Child,
    readonly port: number,
    private readonly control: number,
  ) {}

  static async start(stage: Stage): Promise<GitHub> {
    const [port, control] = [await freePort(), await freePort()];
    const fake = stage.spawn('fake GitHub', 'connectors/github/dist/testing/serve-fake-github.js', {
      FAKE_GITHUB_PORT: String(port),
      FAKE_GITHUB_CONTROL_PORT: String(control),
    });
    const answers = () =>
      fetch(`http://127.0.0.1:${control}/asked`).then(
        ({ ok }) => ok,
        () => false,
      );
    await fake.until(answers);
    const folder = join(stage.home.folder, 'github');
    mkdirSync(folder, { recursive: true });
    const connector = stage.spawn('GitHub connector', 'connectors/github/dist/index.js', {
      PAINCHAIN_API_URL: `http://127.0.0.1:${stage.api.port}/api`,
      PAINCHAIN_API_KEY_FILE: join(stage.home.data, 'connector.key'),
      PAINCHAIN_CONFIG: '',
      PAINCHAIN_DATA_DIR: folder,
      PAINCHAIN_LOG_LEVEL: 'warn',
    });
    await connector.until(async () => (await stage.api.get('/connectors')).text.includes('"github"'));
    return new GitHub(stage, fake, connector, port, control);
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
      const config = {
        token: `token-of-org-${owner}`,
        base_url: `http://127.0.0.1:${this.port}`,
        repositories: [{ owner: `org-${owner}` }],
      };
      const integration = { type: 'github', name: `org-${owner}`, config };
      const { text } = await this.stage.api.post('/integrations', bodyOf(integration));
      this.#integrations.push((JSON.parse(text) as { id: string }).id);
    }
  }

  /** Lets something happen in a repository. */
  async change(repository: string): Promise<Fact[]> {
    return (await this.#tell<{ facts: Fact[] }>('/change', { repository })).facts;
  }

  /** Ends both, and leaves no integration behind. */
  async stop(): Promise<void> {
    await Promise.all([this.connector.stop(), this.fake.stop()]);
    for (const id of this.#integrations) await this.stage.api.delete(`/integrations/${id}`);
  }

  async #tell<T>(path: string, body: object): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${this.control}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return (await answer.json()) as T;
  }
}
