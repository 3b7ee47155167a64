export {
  ConfigurationError,
  type ConfigurationIssue,
  deepFreeze,
  issuesOf,
} from './configuration/configuration-error.js';
export { type Environment, readEnvironment } from './configuration/read-environment.js';
export { type OpenedYaml, type YamlSource, openYaml, readYaml } from './configuration/read-yaml.js';
export { exitCodes } from './exit-codes.js';
export {
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
  type HttpResponse,
  createHttpClient,
} from './http/http-client.js';
export { HttpError, type HttpErrorKind } from './http/http-error.js';
export { nextLink } from './http/next-link.js';
export { parseRetryAfter } from './http/retry-after.js';
export { type LogLevel, type Logger, createLogger } from './log/create-logger.js';
export { redactSecret, redactText } from './log/redact.js';
export { Counter, Gauge, Histogram, type Registry, createMetrics } from './metrics.js';
export { type ProcessContext, type ProcessOptions, runProcess } from './process/run-process.js';
