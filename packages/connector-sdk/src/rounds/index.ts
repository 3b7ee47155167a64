export { type Access, type RightWords } from './access.js';
export {
  type ConfigurationOf,
  ConfigurationState,
  type ReadPart,
  lookAtConfiguration,
} from './configuration.js';
export type { Thing } from './cursor.js';
export { cursorText } from './cursor-text.js';
export { digest } from './digest.js';
export { type SeenThing, watchedThings } from './kept-things.js';
export type { Identity } from './identity.js';
export { KeptLists, listEach } from './kept-lists.js';
export { type ListPage, listPages } from './list-pages.js';
export { matchesInAnyCase } from '../config/name-patterns.js';
export { joinedTags } from './joined-tags.js';
export { type Found, type Look, type RoundOf, type RoundTimes } from './look.js';
export { type RefSnapshot, compareVersions, packRefs, prefixOf, unpackRefs } from './ref-snapshot.js';
export { Seen, SeenState } from './seen.js';
export { isTooOld, sightingAt, sightingBetween } from './sighting.js';
export { ThingSource, type Vendor, type Watched } from './thing-source.js';
export {
  Trial,
  encryptionStep,
  failedStep,
  inDays,
  isNotTheApi,
  limitStep,
  notTheApi,
  webhooksStep,
} from './test-steps.js';
export { Told, ToldState } from './told.js';
export { type Meant, WatchedThings } from './watched-things.js';
