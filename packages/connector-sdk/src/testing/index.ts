export { type Clock, systemClock } from '../clock.js';
export { InstantClock, ManualClock, fastClock } from './clocks.js';
export { type Fault, MemoryBackend, type MemoryBackendOptions, type Seen } from './memory-backend.js';
export { MemoryStore, type StoredIntegration, type StoredSource } from './memory-store.js';
export { type MockAnswer, type MockRequest, MockUpstream } from './mock-upstream.js';
export { type SourceRun, type SourceRunOptions, runSourceOnce } from './run-source-once.js';
export { type StartOptions, type StartedConnector, startConnector } from './start-connector.js';
export { type TestContext, testContext } from './test-context.js';
export { TickClock } from './tick-clock.js';
