import { join } from 'node:path';
import { EmbeddedPostgresError, type RunningPostgres, startPostgres } from '@painchain/embedded-postgres';
import type { LauncherConfig } from './config.js';
import { LaunchError } from './launch-error.js';
import type { Terminal } from './terminal.js';

export interface Database {
  url: string;
  description: string;
  stop(timeoutMs: number): Promise<void>;
}

/** The server that DATABASE_URL names, else one of our own, started again should it end. */
export async function openDatabase(config: LauncherConfig, terminal: Terminal): Promise<Database> {
  if (config.databaseUrl) {
    return {
      url: config.databaseUrl,
      description: 'the PostgreSQL of DATABASE_URL',
      stop: () => Promise.resolve(),
    };
  }
  const dataDir = join(config.dataDir, 'postgres');
  const start = async (port?: number) => {
    try {
      return await startPostgres({
        dataDir,
        ...(port ? { port } : {}),
        log: (line) => terminal.say(`${line} …`),
      });
    } catch (error) {
      throw error instanceof EmbeddedPostgresError ? new LaunchError(error.message) : error;
    }
  };
  let server = await start();
  let stopping = false;
  const watch = async (running: RunningPostgres): Promise<void> => {
    await running.exited;
    if (stopping) return;
    terminal.warn('PostgreSQL ended unexpectedly; it starts again.');
    server = await start(running.port);
    if (server.port !== running.port) {
      throw new LaunchError(`PostgreSQL's port ${running.port} was taken meanwhile. Start again: npm start`);
    }
    return watch(server);
  };
  const watched = watch(server);
  watched.catch((error: unknown) => {
    terminal.fault(error instanceof Error ? error.message : String(error));
    process.kill(process.pid, 'SIGTERM');
  });
  return {
    url: server.ownerUrl,
    description: `PostgreSQL on 127.0.0.1:${server.port}`,
    stop: (timeoutMs) => {
      stopping = true;
      return server.stop(timeoutMs);
    },
  };
}
