import type { JsonObject } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configLines } from './config-lines.js';

/** The lines as the page shows them, with a mark in place of a secret. */
function text(config: JsonObject): string {
  return configLines(config)
    .map(({ lead, name, value, secret }) => {
      const of = secret ? '"•"' : value;
      return (
        lead + (name === undefined ? '' : `${name}:`) + (name && of !== undefined ? ' ' : '') + (of ?? '')
      );
    })
    .join('\n');
}

const secret = { set: true, last4: 'abcd', updated_at: '2026-01-01T00:00:00Z' };

describe('the lines of a configuration', () => {
  it('are those of its file', () => {
    const config = {
      token: secret,
      repositories: [{ owner: 'acme', tags: ['a', 'b'] }, { owner: 'other' }],
      polling: { interval: 60 },
      none: [],
      yes: 'yes',
    };
    expect(text(config)).toBe(
      [
        'token: "•"',
        'repositories:',
        '  - owner: acme',
        '    tags:',
        '      - a',
        '      - b',
        '  - owner: other',
        'polling:',
        '  interval: 60',
        'none: []',
        'yes: "yes"',
      ].join('\n'),
    );
  });

  it('take for a secret’s place only what is one', () => {
    expect(configLines({ token: secret })).toEqual([{ lead: '', name: 'token', secret }]);
    const others = [{ set: true }, { ...secret, more: 1 }, { set: 1, updated_at: 'x' }];
    for (const other of others) expect(configLines({ a: other })[0]?.secret).toBeUndefined();
  });

  it('say what the configuration says, whatever that is', () => {
    const name = fc
      .stringMatching(/^[a-z_]{1,8}$/)
      .filter((text) => !/^(?:y|n|yes|no|on|off|null|true|false)$/.test(text));
    const scalar = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constant('- x: y'),
    );
    const { value } = fc.letrec<{ value: unknown; object: JsonObject }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        scalar,
        tie('object'),
        fc.array(tie('value'), { maxLength: 3 }),
      ),
      object: fc.dictionary(name, tie('value') as fc.Arbitrary<never>, { maxKeys: 3 }),
    }));
    fc.assert(
      fc.property(fc.dictionary(name, value as fc.Arbitrary<never>, { minKeys: 1, maxKeys: 3 }), (config) => {
        const given = JSON.parse(JSON.stringify(config)) as JsonObject;
        expect(parse(text(given))).toEqual(given);
      }),
    );
  });
});
