import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MemoryBackend } from '@painchain/connector-sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followDocument } from './documented-files.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sha = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3';

let folder: string;
let written: string[];
let backend: MemoryBackend;
let connector: ChildProcess | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'painchain-contributing-'));
  written = followDocument(join(root, 'CONTRIBUTING.md'), folder);
  for (const shared of ['node_modules', 'packages']) symlinkSync(join(root, shared), join(folder, shared));
  copyFileSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
  backend = await MemoryBackend.start();
});

afterAll(async () => {
  connector?.kill('SIGKILL');
  await backend.stop();
  rmSync(folder, { recursive: true, force: true });
});

function deploy(id: number): string {
  const at = new Date().toISOString();
  return `${JSON.stringify({ id: String(id), app: 'shop', version: `v${id}`, commit: sha, by: 'kim', at })}\n`;
}

describe('CONTRIBUTING.md', () => {
  it('shows a connector that compiles under the strict rules of the house', () => {
    expect(written).toContain('connectors/deploylog/src/index.ts');
    execFileSync(process.execPath, [
      join(root, 'node_modules/typescript7/bin/tsc'),
      '-b',
      join(folder, 'connectors/deploylog'),
    ]);
  });

  it('and that collects every line once, those written later too', async () => {
    const log = join(folder, 'deploys.ndjson');
    writeFileSync(log, deploy(1) + deploy(2));
    writeFileSync(
      join(folder, 'config.yaml'),
      `connector:\n  type: deploylog\n  project: my-team\nconfig:\n  file: ${log}\n`,
    );
    connector = spawn(process.execPath, ['connectors/deploylog/dist/index.js'], {
      cwd: folder,
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        PAINCHAIN_API_URL: backend.url,
        PAINCHAIN_API_KEY: backend.key,
        PAINCHAIN_CONFIG: 'config.yaml',
        PAINCHAIN_DATA_DIR: join(folder, 'data'),
        PAINCHAIN_HEALTH_PORT: '0',
      },
    });
    const titles = () => [...backend.store.events.values()].map((event) => event.title);
    await expect.poll(titles, { timeout: 20_000 }).toEqual(['Deployed shop v1', 'Deployed shop v2']);
    appendFileSync(log, deploy(3));
    await expect
      .poll(titles, { timeout: 20_000 })
      .toEqual(['Deployed shop v1', 'Deployed shop v2', 'Deployed shop v3']);
  });
});
