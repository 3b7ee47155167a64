import { totalmem } from 'node:os';

/**
 * Given on the command line at every start, so that they follow the release and not the day the cluster was made.
 */
export function settings(
  port: number,
  throwaway: boolean,
  above: Readonly<Record<string, string>> = {},
): string[] {
  const chosen = throwaway ? forTests : { ...forData, ...cachesFor(totalmem()) };
  return Object.entries({ ...always, ...chosen, ...above, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}

const always = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
  // What is read at random lies in memory or on a solid-state disk.
  random_page_cost: 1.1,
  // A log that quotes rows and statements would hold what people put into their events.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

const forData = {
  max_connections: 50,
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // Fewer checkpoints: each makes every page be written whole once more.
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
};

const mebibyte = 1024 * 1024;

/** Caches for a machine that does other things, too: an eighth of its memory, touched only as it is needed. */
function cachesFor(memoryBytes: number): Record<string, string> {
  const eighth = Math.floor(memoryBytes / 8 / mebibyte);
  return {
    shared_buffers: `${Math.min(2_048, Math.max(128, eighth))}MB`,
    effective_cache_size: `${eighth * 4}MB`,
    maintenance_work_mem: `${Math.min(512, Math.max(64, Math.floor(eighth / 4)))}MB`,
    work_mem: `${Math.min(32, Math.max(4, Math.floor(eighth / 64)))}MB`,
  };
}

/** A database that nobody will miss: safe against the end of a process, not of the machine. */
const forTests = {
  max_connections: 200,
  shared_buffers: '128MB',
  maintenance_work_mem: '128MB',
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
};
