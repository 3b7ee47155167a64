import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { exitCodes } from '@painchain/runtime';
import { CappedLog } from './capped-log.js';

export interface ProcessSpec {
  name: string;
  /** Of the Node program. */
  script: string;
  nodeFlags: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
}

/** How a process ended without having been asked to. */
export interface UnexpectedEnd {
  /** It said that its configuration cannot be used; `complaint` is what it said. */
  configuration: boolean;
  how: string;
  complaint: string[];
  /** Until it is started again, in milliseconds. */
  retryInMs: number;
}

export interface Hooks {
  started(pid: number): void;
  line(text: string): void;
  ended(end: UnexpectedEnd): void;
}

const firstRetryMs = 500;
const longestRetryMs = 30_000;
/** A configuration is read again when its file changes; the rest (a variable, a mount) is looked at this often. */
const configurationRetryMs = 60_000;
/** A run this long was no failure to start. */
const soundRunMs = 60_000;

/** How long to wait before the next start, after so many runs in a row that ended early. */
export function retryDelay(failures: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** Math.max(0, failures - 1));
}

/** The process and what it has started: a git that is still cloning, say. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

/** A child process that is started again when it ends, until it is stopped. */
export class SupervisedProcess {
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #stopping = false;
  #restartAtOnce = false;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #log: CappedLog;

  constructor(
    readonly spec: ProcessSpec,
    private readonly hooks: Hooks,
  ) {
    this.#log = new CappedLog(spec.logFile);
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    clearTimeout(this.#timer);
    const { script, nodeFlags, cwd, env } = this.spec;
    const startedAt = Date.now();
    const complaint: string[] = [];
    // In a session of its own: Ctrl-C reaches the launcher alone, which then stops everything in order.
    const child = spawn(process.execPath, [...nodeFlags, script], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => this.#log.write(chunk));
    createInterface({ input: child.stdout }).on('line', (text) => this.hooks.line(text));
    createInterface({ input: child.stderr }).on('line', (text) => {
      complaint.push(text);
      if (complaint.length > 20) complaint.shift();
    });
    if (child.pid) this.hooks.started(child.pid);
    this.#ended = new Promise((resolve) => {
      // `close` and not `exit`: by then its last words have been read.
      child.once('close', (code, signal) => {
        this.#child = undefined;
        resolve();
        this.#afterEnd(code, signal, complaint, Date.now() - startedAt);
      });
      child.once('error', (error) => complaint.push(error.message));
    });
  }

  /** Starts it again now: what it reads at its start has changed. */
  restart(): void {
    this.#failures = 0;
    if (!this.#child) return this.start();
    this.#restartAtOnce = true;
    this.#child.kill('SIGTERM');
  }

  /** SIGTERM, and SIGKILL when it is still there after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child) {
      child.kill('SIGTERM');
      const killer = setTimeout(() => killGroup(child), graceMs);
      await this.#ended;
      clearTimeout(killer);
    }
    this.#log.close();
  }

  kill(): void {
    this.#stopping = true;
    clearTimeout(this.#timer);
    if (this.#child) killGroup(this.#child);
  }

  #afterEnd(code: number | null, signal: string | null, complaint: string[], ranMs: number): void {
    if (this.#stopping) return;
    if (this.#restartAtOnce) {
      this.#restartAtOnce = false;
      return this.start();
    }
    const configuration = code === exitCodes.configuration;
    this.#failures = ranMs > soundRunMs ? 1 : this.#failures + 1;
    const retryInMs = configuration ? configurationRetryMs : retryDelay(this.#failures);
    this.#timer = setTimeout(() => this.start(), retryInMs);
    this.hooks.ended({ configuration, how: signal ?? `exit code ${code}`, complaint, retryInMs });
  }
}
