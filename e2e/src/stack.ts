import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export interface StackOptions {
  /** The configuration folder: `git-connector` → its YAML. Default: nothing is configured. */
  config?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
}

/** PainChain as `npm start` runs it from the built files: on a port and in a folder of its own. */
export class Stack {
  readonly #env: Readonly<Record<string, string>>;
  #launcher: ChildProcess | undefined;
  #output = '';
  readonly #others = new Map<string, ChildProcess>();

  private constructor(
    readonly port: number,
    /** Holds `data` and `config`; gone after `stop`. */
    readonly home: string,
    options: StackOptions,
  ) {
    this.#env = options.env ?? {};
    mkdirSync(this.configDir, { recursive: true });
    for (const [name, yaml] of Object.entries(options.config ?? {})) this.configure(name, yaml);
  }

  /** Starts everything and waits until it is ready. */
  static async start(options: StackOptions = {}): Promise<Stack> {
    const stack = new Stack(await freePort(), mkdtempSync(join(tmpdir(), 'painchain-stack-')), options);
    await stack.launch();
    return stack;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  get dataDir(): string {
    return join(this.home, 'data');
  }
  get configDir(): string {
    return join(this.home, 'config');
  }
  /** What the launcher has printed so far. */
  get output(): string {
    return this.#output;
  }
  /** The connector key of this installation. */
  get apiKey(): string {
    return readFileSync(join(this.dataDir, 'connector.key'), 'utf8').trim();
  }

  /** Its embedded PostgreSQL, as the owner. */
  get databaseUrl(): string {
    const [password, port] = ['password', 'port'].map((file) =>
      readFileSync(join(this.dataDir, 'postgres', file), 'utf8').trim(),
    );
    return `postgres://painchain:${password}@127.0.0.1:${port}/painchain`;
  }

  configure(name: string, yaml: string): void {
    writeFileSync(join(this.configDir, `${name}.yaml`), yaml);
  }

  /** Runs the launcher, which must not run yet; resolves when it says that PainChain runs. */
  async launch(): Promise<void> {
    const from = this.#output.length;
    const launcher = spawn(process.execPath, [join(root, 'painchain/launcher/dist/main.js')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...this.#env,
        PAINCHAIN_PORT: String(this.port),
        PAINCHAIN_DATA_DIR: this.dataDir,
        PAINCHAIN_CONFIG_DIR: this.configDir,
      },
    });
    this.#launcher = launcher;
    for (const stream of [launcher.stdout, launcher.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    }
    await until('PainChain runs', () => {
      if (launcher.exitCode !== null) throw new Error(`The launcher ended:\n${this.#output.slice(from)}`);
      return this.#output.includes('Ctrl-C', from);
    });
  }

  /** The process number of `launcher`, `backend`, `postgres`, a configured connector or one of `runConnector`. */
  pidOf(name: string): number {
    const pid = this.findPid(name);
    if (!pid) throw new Error(`No process ${name}.`);
    return pid;
  }

  /** As `pidOf`; nothing while it does not run. */
  findPid(name: string): number | undefined {
    if (name === 'launcher') return this.#launcher?.pid;
    return this.#others.get(name)?.pid ?? (name === 'postgres' ? this.#postgres() : this.#recorded(name));
  }

  kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): void {
    process.kill(this.pidOf(name), signal);
  }

  /** Resolves when the process is gone. */
  async ended(name: string): Promise<void> {
    const pid = this.pidOf(name);
    await until(`${name} ends`, () => !isAlive(pid));
  }

  /** Ends the launcher in order, and gives the exit code. */
  async stopLauncher(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const launcher = this.#launcher;
    if (!launcher || launcher.exitCode !== null || launcher.signalCode !== null)
      return launcher?.exitCode ?? null;
    launcher.kill(signal);
    await once(launcher, 'close');
    return launcher.exitCode;
  }

  /** Runs a connector's program that does not stand in `connectors/`. It is not started again when it ends. */
  runConnector(name: string, script: string, yaml: string, env: Readonly<Record<string, string>> = {}): void {
    const config = join(this.home, `${name}.yaml`);
    writeFileSync(config, yaml);
    const child = spawn(process.execPath, [script], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        PAINCHAIN_API_URL: `${this.url}/api`,
        PAINCHAIN_API_KEY: this.apiKey,
        PAINCHAIN_CONFIG: config,
        PAINCHAIN_DATA_DIR: join(this.home, name),
        PAINCHAIN_HEALTH_PORT: '0',
        PAINCHAIN_PARENT_PID: String(process.pid),
        ...env,
      },
    });
    this.#others.set(name, child);
  }

  /** Ends everything and removes its folder. */
  async stop(): Promise<void> {
    for (const child of this.#others.values()) child.kill('SIGKILL');
    await this.stopLauncher();
    rmSync(this.home, { recursive: true, force: true });
  }

  #postgres(): number | undefined {
    const file = join(this.dataDir, 'postgres/cluster/postmaster.pid');
    return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
  }

  #recorded(name: string): number | undefined {
    const lock = JSON.parse(readFileSync(join(this.dataDir, 'launcher.lock'), 'utf8')) as {
      children: { name: string; pid: number }[];
    };
    return lock.children.findLast((child) => child.name === name)?.pid;
  }
}

/** Waits for something to become true; `what` is named when it does not within the time. */
export async function until(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`);
    await sleep(50);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Below the ports that the system gives to connections: one of those could take it before it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
