import { ConfigurationError } from '@painchain/runtime';
import { describe, expect, it } from 'vitest';
import { assertMayServe, listenFailure } from './may-serve.js';

describe('assertMayServe', () => {
  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('serves on %s', (host) => {
    expect(() => assertMayServe({ host, allowOpen: false })).not.toThrow();
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'painchain.example', '127.0.0.1.example', ''])(
    'refuses %j unless serving openly was asked for',
    (host) => {
      expect(() => assertMayServe({ host, allowOpen: false })).toThrow(/PAINCHAIN_ALLOW_OPEN=true/);
      expect(() => assertMayServe({ host, allowOpen: true })).not.toThrow();
    },
  );
});

describe('listenFailure', () => {
  it.each([
    ['EADDRINUSE', /port 8000 is taken.*PAINCHAIN_PORT=8001/],
    ['EACCES', /above 1023/],
    ['EADDRNOTAVAIL', /no such address/],
  ])('names the remedy for %s', (code, remedy) => {
    const failure = listenFailure(Object.assign(new Error(), { code }), 8_000);
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect(String(failure)).toMatch(remedy);
  });

  it('leaves what it does not know as it is', () => {
    const error = new Error('unknown');
    expect(listenFailure(error, 8_000)).toBe(error);
  });
});
