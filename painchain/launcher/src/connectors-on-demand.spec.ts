import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectorHost } from './connector-process.js';
import { ConnectorsOnDemand } from './connectors-on-demand.js';

let root: string;
let backend: Server;
let onDemand: ConnectorsOnDemand;
let said: string[];
let pids: number[];
let asked: number;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'on-demand-'));
  [said, pids, asked] = [[], [], 0];
  backend = createServer((request, response) => {
    asked++;
    const integrations = [{ type: 'forge', managed_by: 'api', health: 'never_connected' }];
    response.end(JSON.stringify(request.url === '/api/integrations' ? { integrations } : { connectors: [] }));
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  const tell = (text: string) => void said.push(text);
  const { port } = backend.address() as AddressInfo;
  const config = {
    root,
    dataDir: join(root, 'data'),
    localUrl: `http://127.0.0.1:${port}`,
    apiKeyFile: 'key',
  };
  const host = {
    config,
    terminal: { say: tell, warn: tell },
    report: { read: () => undefined },
    lock: { remember: (_: string, pid: number) => void pids.push(pid) },
  };
  onDemand = new ConnectorsOnDemand(host as unknown as ConnectorHost, { types: [], names: [] });
});
afterEach(async () => {
  await onDemand.stop(1_000);
  backend.closeAllConnections();
  await new Promise((resolve) => backend.close(resolve));
  rmSync(root, { recursive: true });
});

function connector(text: string): void {
  mkdirSync(join(root, 'connectors', 'forge', 'dist'), { recursive: true });
  writeFileSync(join(root, 'connectors', 'forge', 'dist', 'index.js'), text);
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('connectors on demand', () => {
  it('start with what is connected and end with the launcher', async () => {
    connector('setInterval(() => undefined, 1_000)');
    mkdirSync(join(root, 'data', 'logs'), { recursive: true });
    onDemand.follow();
    await vi.waitFor(() => expect(pids).toHaveLength(1), 10_000);
    expect(said).toEqual(['forge is connected in the interface: its connector starts.']);
    expect(pids.map(isAlive)).toEqual([true]);
    await onDemand.stop(1_000);
    expect(pids.map(isAlive)).toEqual([false]);
  });

  it('say what is missing', async () => {
    onDemand.follow();
    await vi.waitFor(() => expect(said).toHaveLength(1), 10_000);
    expect(said).toEqual([expect.stringContaining('there is no such connector')]);
  });

  it('say what keeps one from being started, and go on', async () => {
    connector('');
    writeFileSync(join(root, 'data'), 'a file where a folder should be');
    onDemand.follow();
    await vi.waitFor(() => expect(said).toHaveLength(1), 10_000);
    expect(said).toEqual([expect.stringContaining('cannot be started')]);
    expect(asked).toBeGreaterThan(0);
  });
});
