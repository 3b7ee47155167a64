import type { Chance } from '@painchain/connector-sdk/testing';

const people = ['ada', 'grace', 'linus', 'barbara', 'dennis', 'project_7_bot_3f2a'];

export const someone = (chance: Chance) => chance.pick(people) ?? 'ada';
