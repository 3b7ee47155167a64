import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf } from '@painchain/connector-sdk/wording';
import { readHook } from './hook.js';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const secret = fc
  .array(fc.constantFrom(...letters), { minLength: 20, maxLength: 60 })
  .map((drawn) => `${drawn.join('')}7`);

describe('where a webhook goes', () => {
  it('says nothing that lets one in, wherever it stands', () => {
    const check = fc.property(secret, secret, secret, (path, query, password) => {
      const url = `https://bot:${password}@hooks.acme.test:8443/services/${path}/end?token=${query}#${query}`;
      const text = JSON.stringify(readHook({ id: 1, config: { url, secret: query } }));
      expect(text).toContain('hooks.acme.test:8443/services/…/end');
      for (const hidden of [path, query, password]) expect(text).not.toContain(hidden);
    });
    fc.assert(check);
  });

  it.each([
    ['https://ci.acme.test/github-webhook/', 'ci.acme.test/github-webhook/'],
    ['http://10.0.0.7:8080/v1/builds', '10.0.0.7:8080/v1/builds'],
    ['https://hooks.acme.test/services/T024BE7LD/abcdefghijklmnopqrstuvwx', 'hooks.acme.test/services/…/…'],
    ['https://hooks.acme.test/catch/1234567/o5a9k3', 'hooks.acme.test/catch/…/…'],
    ['not a url', null],
    [undefined, null],
  ])('%s is shown as %s', (url, shown) => {
    expect(addressOf(url)).toBe(shown);
  });
});
