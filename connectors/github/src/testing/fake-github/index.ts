export { live } from './life/life.js';
export { FakeGitHub } from './server.js';
export type { Repository } from './world/repository.js';
export { type Account, World } from './world/world.js';
