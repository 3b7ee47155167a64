import type { Chance } from '../chance.js';

const people = ['ada', 'grace', 'linus', 'barbara', 'dennis', 'renovate[bot]'];

export const someone = (chance: Chance) => chance.pick(people) ?? 'ada';
