import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InstanceLock, takeLock } from './instance-lock.js';
import { identify } from './process-identity.js';

let dataDir: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'painchain-lock-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

function sleeper(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  children.push(child);
  return child.pid ?? 0;
}

function taken(url = 'http://localhost:8000'): InstanceLock {
  const lock = takeLock(dataDir, url);
  if ('runningAt' in lock) throw new Error('The lock is held.');
  return lock;
}

describe('the lock of a data directory', () => {
  it('tells a second start where the first one is', () => {
    taken('http://localhost:8123');
    expect(takeLock(dataDir, 'http://localhost:8000')).toEqual({ runningAt: 'http://localhost:8123' });
  });

  it('is free again once released, and leaves no file behind', () => {
    taken().release();
    expect(readdirSync(dataDir)).toEqual([]);
    taken();
  });

  it('is taken over from a start that was killed, with what it left running', async () => {
    const pid = sleeper();
    const dead = sleeper();
    const left = { name: 'backend', ...identify(pid) };
    const gone = { name: 'git-connector', ...identify(dead) };
    process.kill(dead, 'SIGKILL');
    await once(children[1]!, 'exit');
    writeFileSync(
      join(dataDir, 'launcher.lock'),
      JSON.stringify({ pid: dead, born: gone.born, url: 'http://x', children: [left, gone] }),
    );
    expect(taken().leftOver).toEqual([left]);
  });

  it('does not take a later process of the same number for the one that was killed', () => {
    writeFileSync(
      join(dataDir, 'launcher.lock'),
      JSON.stringify({ pid: process.pid, born: 'long ago', url: 'http://x', children: [] }),
    );
    expect(taken().leftOver).toEqual([]);
  });

  it('survives a lock file that was cut short', () => {
    writeFileSync(join(dataDir, 'launcher.lock'), '{"pid": 1');
    taken();
    expect(existsSync(join(dataDir, 'launcher.lock'))).toBe(true);
  });
});
