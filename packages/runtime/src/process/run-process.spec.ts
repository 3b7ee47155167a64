import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigurationError } from '../configuration/configuration-error.js';
import { type ProcessContext, type ProcessHost, runProcess } from './run-process.js';
import { watchParent } from './watch-parent.js';

let printed: string[] = [];

beforeEach(() => {
  printed = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A process that only looks like one: signals are emitted, exits are written down. */
function start(main: (context: ProcessContext) => Promise<void>, env: Record<string, string> = {}) {
  const exits: number[] = [];
  const host = Object.assign(new EventEmitter(), {
    env,
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    exit: (code: number) => void exits.push(code),
  });
  const ended = runProcess(main, { graceMs: 3_000 }, host as unknown as ProcessHost);
  return { host, exits, ended };
}

describe('a process', () => {
  it('exits with 0 when its work is done', async () => {
    const { ended, exits } = start(() => Promise.resolve());
    await ended;
    expect(exits).toEqual([0]);
  });

  it.each(['SIGTERM', 'SIGINT'])('stops in order on %s and exits with 0', async (signal) => {
    const order: string[] = [];
    const { ended, exits, host } = start(async ({ onShutdown, stopped }) => {
      onShutdown(() => void order.push('database'));
      onShutdown(async () => {
        await Promise.resolve();
        order.push('server');
      });
      await stopped;
      order.push('main');
    });
    host.emit(signal, signal);
    // The launcher passes on what the terminal has sent already.
    host.emit('SIGTERM', 'SIGTERM');
    host.emit('SIGINT', 'SIGINT');
    await ended;
    expect(order).toEqual(['main', 'server', 'database']);
    expect(exits).toEqual([0]);
  });

  it('takes being thrown out by the signal for a clean stop', async () => {
    const { ended, exits, host } = start(async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      signal.throwIfAborted();
    });
    host.emit('SIGTERM', 'SIGTERM');
    await ended;
    expect(exits).toEqual([0]);
  });

  it('lists every fault of its configuration and exits with 78', async () => {
    const { ended, exits } = start(() =>
      Promise.reject(
        new ConfigurationError([
          { where: 'PORT', fault: 'is required' },
          { where: 'config.name', fault: 'is too long' },
        ]),
      ),
    );
    await ended;
    expect(exits).toEqual([78]);
    expect(printed.join('')).toBe(
      'The configuration cannot be used:\n  PORT: is required\n  config.name: is too long\n',
    );
  });

  it('exits with 1 on a bug, after it has closed what was open', async () => {
    const closed = vi.fn<() => void>();
    const { ended, exits } = start(({ onShutdown }) => {
      onShutdown(closed);
      return Promise.reject(new TypeError('x is not a y'));
    });
    await ended;
    expect(exits).toEqual([1]);
    expect(closed).toHaveBeenCalledOnce();
    expect(printed.join('')).toContain('x is not a y');
  });

  it('closes the rest when closing one thing fails', async () => {
    const closed = vi.fn<() => void>();
    const { ended, exits } = start(({ onShutdown }) => {
      onShutdown(closed);
      onShutdown(() => Promise.reject(new Error('stuck')));
      return Promise.resolve();
    });
    await ended;
    expect(closed).toHaveBeenCalledOnce();
    expect(exits).toEqual([1]);
  });

  it('exits with 1 when stopping takes longer than its grace, or at once for an impatient human', async () => {
    vi.useFakeTimers();
    const { exits, host } = start(() => new Promise(() => undefined));
    host.emit('SIGINT', 'SIGINT');
    await vi.advanceTimersByTimeAsync(1_500);
    expect(exits).toEqual([]);
    host.emit('SIGINT', 'SIGINT');
    expect(exits).toEqual([1]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(exits).toEqual([1, 1]);
  });

  it('survives that nobody reads what it prints', async () => {
    const { ended, exits, host } = start(({ stopped }) => stopped);
    host.stdout.emit('error', new Error('EPIPE'));
    host.emit('SIGTERM', 'SIGTERM');
    await ended;
    expect(exits).toEqual([0]);
  });

  it('stops when its launcher has been killed', async () => {
    const launcher = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
    await once(launcher, 'spawn');
    const { ended, exits } = start(({ stopped }) => stopped, { PAINCHAIN_PARENT_PID: String(launcher.pid) });
    launcher.kill('SIGKILL');
    await ended;
    expect(exits).toEqual([0]);
  });
});

describe('watchParent', () => {
  it('says nothing while the process lives', async () => {
    const gone = vi.fn<() => void>();
    const stop = watchParent(process.ppid, gone, 5);
    await new Promise((resolve) => setTimeout(resolve, 40));
    stop();
    expect(gone).not.toHaveBeenCalled();
  });
});
