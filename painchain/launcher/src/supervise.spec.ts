import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SupervisedProcess, type UnexpectedEnd, retryDelay } from './supervise.js';

let home: string;
let supervised: SupervisedProcess;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'painchain-supervise-'));
});
afterEach(async () => {
  await supervised?.stop(500);
  rmSync(home, { recursive: true, force: true });
});

function supervise(program: string): { pids: number[]; lines: string[]; ends: UnexpectedEnd[] } {
  const script = join(home, 'program.mjs');
  writeFileSync(script, program);
  const seen = { pids: [] as number[], lines: [] as string[], ends: [] as UnexpectedEnd[] };
  supervised = new SupervisedProcess(
    {
      name: 'program',
      script,
      nodeFlags: [],
      cwd: home,
      env: process.env,
      logFile: join(home, 'program.log'),
    },
    {
      started: (pid) => seen.pids.push(pid),
      line: (text) => seen.lines.push(text),
      ended: (end) => seen.ends.push(end),
    },
  );
  supervised.start();
  return seen;
}

const patiently = { timeout: 20_000, interval: 20 };

describe('a supervised process', { timeout: 30_000 }, () => {
  it('is started again when it is killed', async () => {
    const seen = supervise("console.log('up'); setInterval(() => {}, 1000);");
    await vi.waitFor(() => expect(seen.lines).toEqual(['up']), patiently);
    process.kill(seen.pids[0]!, 'SIGKILL');
    await vi.waitFor(() => expect(seen.lines).toEqual(['up', 'up']), patiently);
    expect(seen.ends).toMatchObject([{ how: 'SIGKILL', configuration: false, retryInMs: 500 }]);
    expect(seen.pids[1]).not.toBe(seen.pids[0]);
  });

  it('is not started again soon when it says that its configuration cannot be used', async () => {
    const seen = supervise("console.error('token: is required'); process.exitCode = 78;");
    await vi.waitFor(() => expect(seen.ends).toHaveLength(1), patiently);
    expect(seen.ends).toMatchObject([
      { configuration: true, complaint: ['token: is required'], retryInMs: 60_000 },
    ]);
  });

  it('starts at once with its configuration changed', async () => {
    const seen = supervise('process.exitCode = 78;');
    await vi.waitFor(() => expect(seen.ends).toHaveLength(1), patiently);
    supervised.restart();
    await vi.waitFor(() => expect(seen.pids).toHaveLength(2), patiently);
  });

  it('is killed when it does not heed the wish to stop', async () => {
    const seen = supervise(
      "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000);",
    );
    await vi.waitFor(() => expect(seen.lines).toEqual(['up']), patiently);
    const startedAt = Date.now();
    await supervised.stop(200);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(190);
    expect(() => process.kill(seen.pids[0]!, 0)).toThrow();
    expect(seen.ends).toEqual([]);
  });

  it('leaves all it said in its log', async () => {
    const seen = supervise("console.log('out'); console.error('err'); setInterval(() => {}, 1000);");
    await vi.waitFor(() => expect(seen.lines).toEqual(['out']), patiently);
    await vi.waitFor(() => {
      const log = readFileSync(join(home, 'program.log'), 'utf8');
      expect(log.split('\n').sort()).toEqual(['', 'err', 'out']);
    }, patiently);
  });
});

describe('the wait before the next start', () => {
  it('doubles with every failure in a row, up to half a minute', () => {
    expect([1, 2, 3, 4].map(retryDelay)).toEqual([500, 1_000, 2_000, 4_000]);
    expect(retryDelay(50)).toBe(30_000);
  });
});
