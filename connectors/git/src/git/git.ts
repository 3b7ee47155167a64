import { type ChildProcess, spawn } from 'node:child_process';

export type GitErrorKind = 'missing' | 'failed' | 'timeout' | 'aborted' | 'too_much_output';

/** A git process that did not do what it was asked for. `stderr` is git's own word, cut to its first 4 KiB. */
export class GitError extends Error {
  override readonly name = 'GitError';

  constructor(
    readonly kind: GitErrorKind,
    readonly command: string,
    readonly stderr: string,
    readonly exitCode: number | null,
  ) {
    super(`git ${command}: ${kind}${stderr === '' ? '' : `: ${stderr.trim()}`}`);
  }
}

export interface GitOptions {
  /** The program to start. */
  executable: string;
  cwd: string;
  env: Record<string, string>;
  signal?: AbortSignal;
}

export interface RunOptions {
  stdin?: string;
  /** Milliseconds until the process and all of its children are killed. */
  timeoutMs?: number;
  maxBytes?: number;
}

const stderrBytes = 4_096;
/** How long a process that has ended may leave its standard error open to some child that it forgot. */
const lastWordsMs = 1_000;
const defaults = { timeoutMs: 60_000, maxBytes: 64 * 1024 * 1024 };

/** Kills git and whatever it has started, which is why it leads a process group of its own. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** Runs git in one folder with one environment. Arguments are passed as a list; no shell is ever involved. */
export class Git {
  constructor(private readonly options: GitOptions) {}

  /** Its standard output as bytes, piece by piece. Leaving the loop early kills the process. */
  async *stream(args: readonly string[], run: RunOptions = {}): AsyncGenerator<Buffer, void, void> {
    const { executable, cwd, env, signal } = this.options;
    const command = args[0] ?? '';
    if (signal?.aborted) throw new GitError('aborted', command, '', null);
    const child = spawn(executable, args, { cwd, env, stdio: 'pipe', detached: true });
    let cause: GitErrorKind = 'failed';
    let stderr = '';
    let end: (code: number | null) => void = () => undefined;
    const ended = new Promise<number | null>((resolve) => (end = resolve));
    const stop = (kind: GitErrorKind) => {
      cause = kind;
      killGroup(child);
      // Who hangs in a dead file system does not even die when killed: nobody waits for that.
      child.stdout.destroy(new GitError(kind, command, stderr, null));
      end(null);
    };
    const timer = setTimeout(() => stop('timeout'), run.timeoutMs ?? defaults.timeoutMs);
    const abort = () => stop('aborted');
    signal?.addEventListener('abort', abort, { once: true });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < stderrBytes) stderr = (stderr + chunk.toString('utf8')).slice(0, stderrBytes);
    });
    child.once('error', () => {
      cause = 'missing';
      end(null);
    });
    child.once('close', (code) => end(code));
    child.once('exit', () => setTimeout(() => child.stderr.destroy(), lastWordsMs).unref());
    // A process that has ended before it read all of its input says why by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(run.stdin ?? '');
    try {
      for await (const chunk of child.stdout) yield chunk as Buffer;
      const code = await ended;
      if (code !== 0) throw new GitError(cause, command, stderr, code);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      killGroup(child);
    }
  }

  /** Its whole standard output. */
  async bytes(args: readonly string[], run: RunOptions = {}): Promise<Buffer> {
    const maxBytes = run.maxBytes ?? defaults.maxBytes;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.stream(args, run)) {
      size += chunk.length;
      if (size > maxBytes) throw new GitError('too_much_output', args[0] ?? '', '', null);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /** Its whole standard output as text, without the last line break. */
  async text(args: readonly string[], run: RunOptions = {}): Promise<string> {
    return (await this.bytes(args, run)).toString('utf8').replace(/\n$/, '');
  }

  /** Its output as text, or undefined where it ends with 1, which many commands use for "no". */
  async answer(args: readonly string[], run: RunOptions = {}): Promise<string | undefined> {
    try {
      return await this.text(args, run);
    } catch (error) {
      if (error instanceof GitError && error.kind === 'failed' && error.exitCode === 1) return undefined;
      throw error;
    }
  }
}
