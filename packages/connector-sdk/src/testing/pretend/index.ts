export { type Commit, addCommit, ancestors, nothing } from './commits.js';
export { type Room, type Stored, type Verdict, allTold, percentileOf } from './judge.js';
export { type Fact, Ledger, type Standing, isCertain, typeInWords, wordsOf } from './ledger.js';
export { type Deed, type Deeds, type Lifetime, liveBy } from './life.js';
export { type NumberedPage, linkTo, numberedPage, sizeOf } from './paging.js';
export { PretendScene, type ScenePlace, openStage } from './scene.js';
export {
  type Asked,
  type Outcome,
  PretendServer,
  type PretendServerOptions,
  type Request,
  type UpstreamFault,
} from './server.js';
export { type Hold, serve } from './serve.js';
export { badLine, weather } from './weather.js';
export { type Lag, PretendPlace, PretendWorld } from './world.js';
