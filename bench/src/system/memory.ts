import { existsSync, readFileSync, readdirSync } from 'node:fs';
import type { Stage } from './stage.js';

/** In MB; null where it can't be told. */
export type Memory = Record<'backend' | 'git-connector' | 'postgres', number | null>;

export function memoryOf({ pids: { postgres, backend, connector } }: Stage): Memory {
  return {
    backend: residentOf(backend),
    'git-connector': connector === undefined ? null : residentOf(connector),
    postgres: proportionalOf(postgres),
  };
}

const kibibytes = (text: string, name: string) =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN);

/** What a process has in memory, in MB, as Linux tells it; null elsewhere. */
export function residentOf(pid: number): number | null {
  const file = `/proc/${pid}/status`;
  return existsSync(file) ? kibibytes(readFileSync(file, 'utf8'), 'VmRSS') / 1024 : null;
}

/** The memory of a process and its children together, each shared page counted once, in MB; null elsewhere. */
function proportionalOf(pid: number): number | null {
  if (!existsSync('/proc/self/smaps_rollup')) return null;
  return [pid, ...childrenOf(pid)].reduce((sum, each) => sum + proportional(each), 0) / 1024;
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => new RegExp(`^PPid:\\s+${parent}$`, 'm').test(statusOf(name)))
    .map(Number);
}

function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return ''; // It has just ended.
  }
}

function proportional(pid: number): number {
  try {
    return kibibytes(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss');
  } catch {
    return 0; // It has just ended.
  }
}
