export { type Rights } from './access.js';
export { type Fault } from './fault.js';
export { builtInKinds, definedKinds } from './served-kinds.js';
export { type Asked, FakeApiServer } from './server.js';
export { type Change, Store, type Written } from './store.js';
