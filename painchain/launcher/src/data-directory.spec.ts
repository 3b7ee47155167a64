import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareDataDirectory } from './data-directory.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'painchain-data-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('the data directory', () => {
  it('is made, marked as ours, and accepted from then on', () => {
    const dataDir = join(home, 'deep', 'data');
    prepareDataDirectory(dataDir);
    prepareDataDirectory(dataDir);
    expect(readFileSync(join(dataDir, 'painchain-data'), 'utf8')).toContain('format: 1');
    expect(readdirSync(dataDir).sort()).toEqual(['logs', 'painchain-data']);
  });

  it('is refused when it holds somebody else’s files, which stay as they are', () => {
    writeFileSync(join(home, 'PG_VERSION'), '15');
    expect(() => prepareDataDirectory(home)).toThrow(/PG_VERSION.*PAINCHAIN_DATA_DIR/);
    expect(readdirSync(home)).toEqual(['PG_VERSION']);
  });

  it('is taken for ours when a backend that ran alone has left its keys', () => {
    writeFileSync(join(home, 'connector.key'), 'x');
    writeFileSync(join(home, 'secret.key'), 'x');
    expect(() => prepareDataDirectory(home)).not.toThrow();
  });

  it('is refused when another release wrote it in another format', () => {
    writeFileSync(join(home, 'painchain-data'), 'format: 2');
    expect(() => prepareDataDirectory(home)).toThrow(/another release/);
  });

  it('is refused with the remedy when it is a file', () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    expect(() => prepareDataDirectory(file)).toThrow(/is not a folder.*PAINCHAIN_DATA_DIR/);
    expect(() => prepareDataDirectory(join(file, 'below'))).toThrow(/is not a folder.*PAINCHAIN_DATA_DIR/);
  });

  it('is refused with the remedy when it cannot be written', () => {
    // Not even root can write here.
    expect(() => prepareDataDirectory('/sys/painchain')).toThrow(/cannot be written.*PAINCHAIN_DATA_DIR/);
    mkdirSync(join(home, 'locked'), { mode: 0o500 });
    if (process.getuid?.() !== 0) {
      expect(() => prepareDataDirectory(join(home, 'locked', 'data'))).toThrow(
        /cannot be written \(EACCES\)/,
      );
    }
  });
});
