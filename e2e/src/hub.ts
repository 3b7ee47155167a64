import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort, root, until } from './stack.js';

/** What must be told of something that happened. */
export interface Fact {
  type: string;
  subject: string;
}

/** Of each forge: where it lies under its origin, and its one repository. */
const forges = {
  github: { path: '', repository: 'org-0/repo-0' },
  gitlab: { path: '/gitlab', repository: 'org-0/team/repo-0' },
} as const;

/** A forge of its own process, with one repository in which one thing of each kind has happened already. */
export class Hub {
  readonly token = 'token-of-org-0';

  private constructor(
    private readonly forge: keyof typeof forges,
    private readonly port: number,
    private readonly controlPort: number,
    private readonly process: ChildProcess,
  ) {}

  static async start(forge: keyof typeof forges): Promise<Hub> {
    const [port, controlPort] = [await freePort(), await freePort()];
    const script = join(root, `connectors/${forge}/dist/testing/serve-fake-${forge}.js`);
    const child = spawn(process.execPath, [script], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        FAKE_PORT: String(port),
        FAKE_CONTROL_PORT: String(controlPort),
        PAINCHAIN_PARENT_PID: String(process.pid),
      },
    });
    const hub = new Hub(forge, port, controlPort, child);
    const holds = () =>
      hub.#tell('/hold', { owners: 1, repositories: 1, from: 0 }).then(
        () => true,
        () => false,
      );
    await until('the forge of the tests answers', holds);
    return hub;
  }

  /** What a connector takes as `base_url`. */
  get url(): string {
    return `http://127.0.0.1:${this.port}${forges[this.forge].path}`;
  }

  get repository(): string {
    return forges[this.forge].repository;
  }

  /** Lets the next thing happen in the repository. */
  async change(): Promise<Fact[]> {
    const { facts } = (await this.#tell('/change', { repository: this.repository })) as { facts: Fact[] };
    return facts;
  }

  stop(): void {
    this.process.kill();
  }

  async #tell(path: string, body: object): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.controlPort}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return response.json();
  }
}
