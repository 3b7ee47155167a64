import type { JsonObject } from '@painchain/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, emptyDraft } from '../draft.js';
import { editable, keptOf } from '../kept-secret.js';
import { fromText } from './from-text.js';
import { toText } from './to-text.js';

const updated_at = '2026-11-24T10:35:00Z';
const stored: Draft = {
  type: 'forge',
  name: 'ACME',
  group: 'team',
  config: editable({
    token: { set: true, last4: '3456', updated_at },
    repositories: [
      { owner: 'acme', token: { set: true, updated_at } },
      { owner: 'labs', tags: ['a'] },
    ],
  }) as JsonObject,
};

function read(text: string): Draft {
  const found = fromText(text, stored);
  if ('faults' in found) throw new Error(JSON.stringify(found.faults));
  return found.draft;
}

describe('a draft as YAML', () => {
  it('comes back as it was, with the stored secrets that it does not show', () => {
    const text = toText(stored);
    expect(text).toContain('#   token: ••••3456');
    expect(text).not.toContain('\uE000');
    expect(read(text)).toEqual(stored);
  });

  it('keeps a secret with its item when the list is put in another order', () => {
    const text = toText(stored).replace(
      /repositories:[\s\S]*$/,
      'repositories:\n    - owner: labs\n    - owner: acme\n',
    );
    const [first, second] = read(text).config['repositories'] as JsonObject[];
    expect(keptOf(first?.['token'])).toBeUndefined();
    expect(keptOf(second?.['token'])).toEqual({ updatedAt: updated_at });
  });

  it('gives no secret to an item that has nothing in common with the one that had it', () => {
    const text = toText(stored).replace('owner: acme', 'owner: other');
    const [first] = read(text).config['repositories'] as JsonObject[];
    expect(first).toEqual({ owner: 'other' });
  });

  it('has no settings made of the names and ends of secrets', () => {
    const end = { set: true, last4: '\na: ', updated_at };
    const config = editable({ 'x\nb: 1': end }) as JsonObject;
    const draft = { ...stored, config };
    expect(fromText(toText(draft), draft)).toEqual({ draft });
  });

  it('replaces a secret that is written into it', () => {
    const text = toText(stored).replace('config:\n', 'config:\n  token: another\n');
    expect(read(text).config['token']).toBe('another');
  });

  it('comes back whatever is configured', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.jsonValue()), (config) => {
        fc.pre(!namesOf(config).some((name) => name in {}));
        const draft = { ...emptyDraft('forge'), config: JSON.parse(JSON.stringify(config)) as JsonObject };
        const found = fromText(toText(draft), { ...draft, config: {} });
        expect(found).toEqual({ draft });
      }),
    );
  });
});

/** All names in a value, at any depth. */
function namesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(namesOf)];
}

describe('a text that can not be used', () => {
  const faultsOf = (text: string) => {
    const found = fromText(text, stored);
    return 'faults' in found ? found.faults : [];
  };

  it.each([
    ['connector: [', 1],
    ['just words', 1],
    ['connector: { type: other }\nconfig: {}', 1],
    ['config: {}\nsomething: else', 2],
    ['config:\n  token: ${FORGE_TOKEN}', 2],
    ['config: 7', 1],
    ['config:\n  env:\n    constructor: x', 3],
    ['config:\n  __proto__: { a: 1 }', 2],
    ['connector:\n  type: forge\n  interval: 5', 3],
    ['connector:\n  name: [ACME]', 2],
    ['config: &a\n  self: *a', 1],
    [`config: ${'['.repeat(9_000)}${']'.repeat(9_000)}`, 1],
  ])('says so at its line: %#', (text, line) => {
    expect(faultsOf(text)[0]).toMatchObject({ line });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = fromText(text, stored);
        expect('draft' in found || found.faults.length > 0).toBe(true);
      }),
    );
  });
});
