import { describe, expect, it } from 'vitest';
import { findBinaries } from './binaries.js';

describe('finding the binaries', () => {
  it('names the platform and DATABASE_URL where there are none', () => {
    expect(() => findBinaries('win32', 'x64')).toThrow(/win32 on x64.*DATABASE_URL/);
  });
});
