export { configSchemaOf, publicSetting } from './config/config-schema.js';
export {
  type Collect,
  type Connector,
  type Page,
  type Source,
  type SourceContext,
  type SourceEvent,
  type TestStep,
  type Translation,
  defineConnector,
} from './connector.js';
export { runConnector } from './run-connector.js';
export { SourceError } from './source-error.js';
export { type JsonObject, type JsonValue, Timestamp, limits } from '@painchain/contract';
export {
  type HttpClient,
  HttpError,
  type HttpResponse,
  type Logger,
  createLogger,
  nextLink,
  parseRetryAfter,
  redactSecret,
} from '@painchain/runtime';
