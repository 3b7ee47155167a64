import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CappedLog } from './capped-log.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'painchain-log-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('keeps the latest lines and a bounded size, over restarts as well', () => {
  const path = join(home, 'a.log');
  for (let run = 0; run < 5; run += 1) {
    const log = new CappedLog(path, 100);
    for (let line = 0; line < 20; line += 1) log.write(Buffer.from(`run ${run} line ${line}\n`));
    log.close();
  }
  expect(readdirSync(home).sort()).toEqual(['a.log', 'a.log.1']);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('run 4 line 19');
  expect(text.length).toBeLessThanOrEqual(100);
  expect(readFileSync(`${path}.1`, 'utf8').length).toBeLessThanOrEqual(100);
});
