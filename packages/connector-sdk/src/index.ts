export { configSchemaOf, publicSetting } from './config/config-schema.js';
export { matchesPatterns } from './config/name-patterns.js';
export {
  type Collect,
  type Connector,
  type Page,
  type Source,
  type SourceContext,
  type SourceEvent,
  type SourceLists,
  type TestStep,
  type Translation,
  defineConnector,
} from './connector.js';
export { runConnector } from './run-connector.js';
export { SourceError } from './source-error.js';
export { type JsonObject, type JsonValue, Timestamp, limits } from '@painchain/contract';
export { type Logger, createLogger, redactSecret } from '@painchain/runtime';
export {
  type HttpClient,
  type HttpClientOptions,
  HttpError,
  type HttpResponse,
  type HttpStream,
  type HttpTls,
  nextLink,
  parseRetryAfter,
} from '@painchain/runtime/http';
export { withRetry } from './upstream/gate.js';
export {
  type ExplainedFault,
  isRedirect,
  leadsElsewhere,
  notItsAnswer,
  withoutAnswer,
} from './upstream/failures.js';
export { Finder } from './upstream/finder.js';
export { ServerClock } from './upstream/server-clock.js';
export { openUpstream } from './upstream/open-upstream.js';
export {
  type Question,
  type RateLimit,
  type Reading,
  type Upstream,
  type UpstreamOptions,
  type UpstreamRules,
} from './upstream/upstream.js';
