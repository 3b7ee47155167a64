import { parse, print } from '@painchain/query';
import { describe, expect, it } from 'vitest';
import { chosenTeam, isTeamChosen } from './teams.js';

const team = (...tags: string[]) => ({ id: 'team_1', name: 'A', tags, updated_at: '2026-01-01T00:00:00Z' });
const shop = team('checkout', 'cart');

describe('a team', () => {
  it('is chosen as any of its tags, in one condition', () => {
    expect(print(chosenTeam(shop)(parse('api')))).toBe('api tag:(checkout OR cart)');
    expect(print(chosenTeam(team('cart'))(parse('')))).toBe('tag:cart');
  });

  it('takes the place of another and leaves what is excluded', () => {
    const query = parse('tag:(a OR b) -tag:test api');
    expect(print(chosenTeam(shop)(query))).toBe('-tag:test api tag:(checkout OR cart)');
    expect(print(chosenTeam(undefined)(query))).toBe('-tag:test api');
  });

  it('is known again in a query, whatever the order of its tags', () => {
    expect(isTeamChosen(parse('tag:(cart OR checkout) api'), shop)).toBe(true);
    expect(isTeamChosen(parse('tag:cart'), shop)).toBe(false);
    expect(isTeamChosen(parse('tag:(cart OR checkout OR x)'), shop)).toBe(false);
    expect(isTeamChosen(parse('tag:cart -tag:checkout'), shop)).toBe(false);
  });
});
