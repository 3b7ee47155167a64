export { live } from './life/life.js';
export { type Asked, FakeGitHub, type Fault } from './server.js';
export { type Fact, isCertain, typeInWords, wordsOf } from './world/ledger.js';
export type { Repository } from './world/repository.js';
export { type Account, World } from './world/world.js';
