import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort, root, until } from './stack.js';

/** What must be told of something that happened. */
export interface Fact {
  type: string;
  subject: string;
}

const script = join(root, 'connectors/github/dist/testing/serve-fake-github.js');

/** A GitHub of its own process, with one repository in which one thing of each kind has happened already. */
export class Hub {
  readonly repository = 'org-0/repo-0';
  readonly token = 'token-of-org-0';

  private constructor(
    private readonly port: number,
    private readonly controlPort: number,
    private readonly process: ChildProcess,
  ) {}

  static async start(): Promise<Hub> {
    const [port, controlPort] = [await freePort(), await freePort()];
    const child = spawn(process.execPath, [script], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        FAKE_GITHUB_PORT: String(port),
        FAKE_GITHUB_CONTROL_PORT: String(controlPort),
        PAINCHAIN_PARENT_PID: String(process.pid),
      },
    });
    const hub = new Hub(port, controlPort, child);
    const holds = () =>
      hub.#tell('/hold', { owners: 1, repositories: 1, from: 0 }).then(
        () => true,
        () => false,
      );
    await until('the GitHub of the tests answers', holds);
    return hub;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
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
