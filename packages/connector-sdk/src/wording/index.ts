// What translators of every vendor say in the same way. Pure, and imports nothing that isn't: a translation follows from
// its payload alone.
export { digestOf } from './digest.js';
export { type Sighting, type When, backfillOf, whenSeen, windowData } from './sighting.js';
export { commitRef, counted, firstLine, refsOf, short } from './words.js';
