import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProcessIdentity, identify, stillRuns } from './process-identity.js';

interface Child extends ProcessIdentity {
  name: string;
}

interface LockFile extends ProcessIdentity {
  url: string;
  children: Child[];
}

/** At most one start per data directory, and what it started, so that the next one can clear up after a kill -9. */
export interface InstanceLock {
  /** What an earlier start left running when it was killed. */
  leftOver: readonly ProcessIdentity[];
  remember(name: string, pid: number): void;
  release(): void;
}

/** The lock, or the address of the start that has it. */
export function takeLock(dataDir: string, url: string): InstanceLock | { runningAt: string } {
  const path = join(dataDir, 'launcher.lock');
  const me = identify(process.pid) ?? { pid: process.pid, born: 'unknown' };
  const mine: LockFile = { ...me, url, children: [] };
  const draft = `${path}.${process.pid}`;
  const write = () => writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });

  let leftOver: ProcessIdentity[] = [];
  write();
  try {
    for (;;) {
      if (claim(draft, path)) break;
      const other = read(path);
      if (other && stillRuns(other)) return { runningAt: other.url };
      leftOver = other?.children.filter(stillRuns) ?? [];
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    leftOver,
    remember: (name, pid) => {
      const child = identify(pid);
      if (!child) return;
      mine.children = [...mine.children.filter(stillRuns), { name, ...child }];
      write();
      renameSync(draft, path);
    },
    release: () => rmSync(path, { force: true }),
  };
}

/** A link is made whole or not at all, and never over an existing file. */
function claim(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): LockFile | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockFile;
  } catch {
    return undefined;
  }
}
