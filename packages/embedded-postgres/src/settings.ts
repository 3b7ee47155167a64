/**
 * Given on the command line at every start, so that they follow the release and not the day the cluster was made.
 */
export function settings(port: number, throwaway: boolean): string[] {
  return Object.entries({ ...always, ...(throwaway ? forTests : forData), port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}

const always = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  shared_buffers: '128MB',
  maintenance_work_mem: '128MB',
  jit: 'off',
  // A log that quotes rows and statements would hold what people put into their events.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

const forData = { max_connections: 50, fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

/** A database that nobody will miss: safe against the end of a process, not of the machine. */
const forTests = {
  max_connections: 200,
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
};
