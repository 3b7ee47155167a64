import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { Git } from './git.js';

it('a process whose child keeps the output open is not waited for beyond its time', async () => {
  const child = `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 8000)'], { detached: true, stdio: 'inherit' })`;
  const git = new Git({ executable: process.execPath, cwd: tmpdir(), env: {} });
  const began = Date.now();
  await expect(git.text(['-e', child], { timeoutMs: 500 })).rejects.toMatchObject({ kind: 'timeout' });
  expect(Date.now() - began).toBeLessThan(6_000);
});
