import { describe, expect, it } from 'vitest';
import { OptionsError, readOptions } from './options.js';

const from = 'postgres://painchain:secret@db/painchain';

describe('readOptions', () => {
  it('has an API by default and takes another', () => {
    expect(readOptions(['--from', from])).toMatchObject({ to: 'http://localhost:8000/api', dryRun: false });
    expect(readOptions(['--from', from, '--to', 'https://x.test/api/', '--dry-run'])).toMatchObject({
      to: 'https://x.test/api',
      dryRun: true,
    });
  });

  it.each([
    [[], /--from is missing/],
    [['--from', 'mysql://x'], /postgres:\/\//],
    [['--from', 'postgres://painchain:secret%@db/painchain'], /%40/],
    [['--from', from, '--to', 'localhost'], /http/],
    [['--from', from, '--since', '2025-01-01'], /--since must be RFC 3339/],
    [['--from', from, '--until', 'now'], /--until must be RFC 3339/],
    [['--from', from, '--identity', 'a b'], /--identity/],
    [['--from', from, '--sinc', 'x'], /--sinc/],
  ])('refuses %j with the remedy, and never shows the password', (args, fault) => {
    const run = () => readOptions(args);
    expect(run).toThrow(OptionsError);
    expect(run).toThrow(fault);
    expect(run).not.toThrow(/secret/);
  });
});
