// What translators of every vendor say in the same way. Pure, and imports nothing that isn't: a translation follows from
// its payload alone.
export { addressOf } from './address.js';
export {
  type BranchMove,
  type CommitLine,
  type FileChange,
  type MoveDetails,
  branchMoveEvent,
  branchOf,
  isNothing,
  lineOf,
  newestLines,
  noDetails,
  pathOfMove,
} from './branch-move.js';
export {
  type ChangeSeen,
  type ConfigurationChange,
  type Configured,
  type FieldChange,
  type PartWords,
  canonical,
  configurationChangeEvent,
  fingerprint,
  unseen,
} from './configuration.js';
export { digestOf } from './digest.js';
export type { Home } from './home.js';
export { type TextChange, changedTexts, releaseName, tokenOf } from './release.js';
export { type IdentityChange, identityChangeEvent } from './identity-change.js';
export { type Sighting, type When, backfillOf, whenSeen, windowData } from './sighting.js';
export { type TagDetails, type TagMove, tagMoveEvent, withoutSignature } from './tag-move.js';
export { commitRef, counted, firstLine, refsOf, short } from './words.js';
