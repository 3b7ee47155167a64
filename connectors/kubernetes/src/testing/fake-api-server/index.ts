export { type Rights, type Rule } from './access.js';
export { type Fault } from './fault.js';
export { type Manager } from './managed-fields.js';
export { type Asked, FakeApiServer, type FakeApiServerOptions } from './server.js';
export { type ServedKind, builtInKinds, definedKinds } from './served-kinds.js';
export { type Change, Store, type Written } from './store.js';
export { type WatchStream } from './watch-stream.js';
