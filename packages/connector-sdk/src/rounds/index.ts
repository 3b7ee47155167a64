export { type Access, type Refusal, type RightWords, eventsNotPermitted } from './access.js';
export type { Thing } from './cursor.js';
export { digest } from './digest.js';
export { type Identity, missing } from './identity.js';
export {
  type KeptPart,
  PartState,
  type SeenPart,
  type SeenThing,
  changesOf,
  keepPart,
  partOf,
  watchedThings,
} from './kept-things.js';
export { KeptLists } from './kept-lists.js';
export { type ListPage, listPages } from './list-pages.js';
export { type Found, type Look, type RoundOf, type RoundTimes } from './look.js';
export { type RefSnapshot, compareVersions, packRefs, prefixOf, unpackRefs } from './ref-snapshot.js';
export { Seen, SeenState } from './seen.js';
export { isTooOld, sightingAt, sightingBetween } from './sighting.js';
export { type Place, ThingSource, type Vendor, type Watched } from './thing-source.js';
export { Told, ToldState } from './told.js';
export { type Meant, WatchedThings } from './watched-things.js';
export { Whereabouts } from './whereabouts.js';
