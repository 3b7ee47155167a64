import type { Look } from './look.js';

/** All kinds of requests by which changes are found, in the order they are asked. */
export const looks: readonly Look<unknown>[] = [];
