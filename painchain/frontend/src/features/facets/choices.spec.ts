import { parse, print, type Query } from '@painchain/query';
import { describe, expect, it } from 'vitest';
import type { Edit } from '../../address/conditions.js';
import { choicesOf, onlyMissing, pickedOnly, struck, ticked } from './choices.js';

const status = { name: 'status' } as const;
const values = [
  { value: 'success', count: 40 },
  { value: 'failure', count: 10 },
];
const choices = (text: string) => choicesOf(values, true, parse(text), status);
const edited = (edit: Edit, text: string) => print(edit(parse(text)));

function choice(text: string, value: string) {
  const found = choices(text).find((each) => each.value === value);
  if (!found) throw new Error(`${value} is no choice`);
  return found;
}

describe('choicesOf', () => {
  it('says of each value how often it occurs and what the query asks of it', () => {
    expect(choices('status:failure -status:success a')).toEqual([
      { value: 'success', count: 40, share: 1, state: 'excluded' },
      { value: 'failure', count: 10, share: 0.25, state: 'included' },
    ]);
  });

  it('keeps in sight what is asked for and does not occur', () => {
    const found = choices('status:(error OR failure) -status:odd -actor:ada');
    expect(found.map(({ value, count, state }) => [value, count, state])).toEqual([
      ['success', 40, 'free'],
      ['failure', 10, 'included'],
      ['error', 0, 'included'],
      ['odd', 0, 'excluded'],
    ]);
    expect(choicesOf([], true, parse('status:a'), status)).toEqual([
      { value: 'a', count: 0, share: 0, state: 'included' },
    ]);
  });

  it('claims no count of what is not among the values that were counted', () => {
    expect(choicesOf([], false, parse('status:a'), status)[0]?.count).toBeUndefined();
  });
});

describe('a choice', () => {
  it('is the only one by a press, and any are again by another', () => {
    const press = (text: string) => edited(pickedOnly(parse(text), status, 'failure'), text);
    expect(press('status:(success OR failure) api')).toBe('api status:failure');
    expect(press('api status:failure')).toBe('api');
    expect(press('-status:failure')).toBe('status:failure');
  });

  it('is ticked beside others, and no longer', () => {
    const tick = (text: string, value: string) => edited(ticked(status, choice(text, value)), text);
    expect(tick('status:success', 'failure')).toBe('status:(success OR failure)');
    expect(tick('status:(success OR failure)', 'failure')).toBe('status:success');
    expect(tick('-status:failure', 'failure')).toBe('status:failure');
  });

  it('is excluded, and no longer', () => {
    const strike = (text: string, value: string) => edited(struck(status, choice(text, value)), text);
    expect(strike('api', 'failure')).toBe('api -status:failure');
    expect(strike('api -status:failure', 'failure')).toBe('api');
  });

  it('can be that there is no value', () => {
    const missing = (query: Query) => onlyMissing(status)(query);
    expect(print(missing(parse('status:failure api')))).toBe('api -status:*');
    expect(print(missing(missing(parse('api'))))).toBe('api -status:*');
  });
});
