export { live } from './life/life.js';
export { FakeGitLab } from './server.js';
export type { Project } from './world/project.js';
export { type Account, World } from './world/world.js';
