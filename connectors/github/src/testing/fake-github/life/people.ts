import type { Chance } from '@painchain/connector-sdk/testing';

const people = ['ada', 'grace', 'linus', 'barbara', 'dennis', 'renovate[bot]'];

export const someone = (chance: Chance) => chance.pick(people) ?? 'ada';
