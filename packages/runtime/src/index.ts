// The HTTP client and the metrics have doors of their own (/http, /metrics): who needs neither starts faster.
export {
  ConfigurationError,
  type ConfigurationIssue,
  deepFreeze,
  issuesOf,
} from './configuration/configuration-error.js';
export { type Environment, readEnvironment } from './configuration/read-environment.js';
export { type OpenedYaml, type YamlSource, openYaml, readYaml } from './configuration/read-yaml.js';
export { exitCodes } from './exit-codes.js';
export { type LogLevel, type Logger, createLogger } from './log/create-logger.js';
export { redactSecret, redactText } from './log/redact.js';
export { type ProcessContext, type ProcessOptions, runProcess } from './process/run-process.js';
