export { digest } from './digest.js';
export { type Found, type Look, type RoundTimes } from './look.js';
export { Seen, SeenState } from './seen.js';
export { isTooOld, sightingAt, sightingBetween } from './sighting.js';
export { Told, ToldState } from './told.js';
