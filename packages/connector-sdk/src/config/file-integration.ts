import { existsSync } from 'node:fs';
import type { ConnectorManifest, JsonObject } from '@painchain/contract';
import {
  ConfigurationError,
  type ConfigurationIssue,
  type Environment,
  issuesOf,
  openYaml,
  readEnvironment,
} from '@painchain/runtime';
import { z } from 'zod';
import type { ConditionalVariable, Connector } from '../connector.js';
import { redactSecretsOf } from './redact-secrets-of.js';
import { settingAt, withSetting } from './setting-path.js';

const name = z.string().trim().min(1).max(200);

const ConfigFile = z.strictObject({
  connector: z.strictObject({ type: z.string(), project: name, name: name.optional() }),
  config: z.record(z.string(), z.unknown()).default({}),
});

/** The integration that this connector's own configuration describes. */
export interface FileIntegration {
  name: string;
  group: string;
  /** As it stands in the file, variables filled in. */
  config: JsonObject;
  /** The file's identity: its path as it was given. */
  path: string;
}

type Given = Pick<Connector<unknown>, 'configSchema' | 'environment'>;

type Setting = ConditionalVariable & { path: string };

function variablesOf({ environment = {} }: Given): Setting[] {
  return Object.entries(environment).map(([path, variable]) =>
    typeof variable === 'string' ? { path, variable, when: () => true } : { path, ...variable },
  );
}

/** Settings that the environment gives, by their paths. */
function settingsFromEnvironment(connector: Given, env: Environment): (Setting & { value: string })[] {
  const variables = variablesOf(connector);
  const shape = Object.fromEntries(variables.map(({ variable }) => [variable, z.string().optional()]));
  const values = readEnvironment(z.object(shape), env);
  return variables.flatMap((setting) => {
    const value = values[setting.variable];
    return value === undefined ? [] : [{ ...setting, value }];
  });
}

/** Whether the environment could say all that is required; else its variables are set for something else. */
function canStandAlone(connector: Given, { config_schema: schema }: ConnectorManifest): boolean {
  const given = new Set(variablesOf(connector).map(({ path }) => path.split('.')[0]));
  const { required } = schema;
  return !Array.isArray(required) || required.every((name) => typeof name === 'string' && given.has(name));
}

function explainVariables(issue: ConfigurationIssue, connector: Given): ConfigurationIssue {
  const where = issue.where.replace(/^config\./, '');
  const setting = variablesOf(connector).find(({ path }) => path === where);
  if (setting === undefined || issue.fault !== 'is required') return issue;
  return { ...issue, fault: `is required: set it here or by the variable ${setting.variable}` };
}

function open(file: { path: string; named: boolean }, manifest: ConnectorManifest, env: Environment) {
  if (file.named || existsSync(file.path)) return openYaml(file, env);
  return {
    value: { connector: { type: manifest.type, project: env.PAINCHAIN_PROJECT || 'default' } },
    explain: (issue: ConfigurationIssue) => issue,
  };
}

/**
 * Reads the integration that this connector shall register: from its file, from the environment where the file
 * says nothing, or from the environment alone. Undefined when neither says enough: the connector then works
 * through what others have registered for its type.
 *
 * @throws ConfigurationError with every fault at once.
 */
export function readFileIntegration(
  connector: Given,
  manifest: ConnectorManifest,
  file: { path: string; named: boolean },
  env: Environment,
): FileIntegration | undefined {
  const settings = settingsFromEnvironment(connector, env);
  const alone = !file.named && !existsSync(file.path);
  if (alone && (settings.length === 0 || !canStandAlone(connector, manifest))) return undefined;
  const opened = open(file, manifest, env);
  const parsed = ConfigFile.safeParse(opened.value);
  const given = parsed.data?.config ?? settingAt(opened.value, 'config') ?? {};
  const own = (typeof given === 'object' ? given : {}) as JsonObject;
  const config = settings
    .filter(({ path, when }) => settingAt(own, path) === undefined && when(own))
    .reduce((filled, { path, value }) => withSetting(filled, path, value), own);
  const type = settingAt(opened.value, 'connector.type');
  const checked = connector.configSchema.safeParse(config);
  const issues = [
    ...(parsed.success ? [] : issuesOf(parsed.error)),
    ...(typeof type === 'string' && type !== manifest.type
      ? [{ where: 'connector.type', fault: `must be ${manifest.type}: that is what this connector is` }]
      : []),
    ...(checked.success ? [] : issuesOf(checked.error, 'config')),
  ];
  if (issues.length > 0 || !parsed.success) {
    throw new ConfigurationError(
      issues.map(opened.explain).map((issue) => explainVariables(issue, connector)),
    );
  }
  redactSecretsOf(config, manifest.config_schema);
  const { project, name: ownName } = parsed.data.connector;
  return { name: ownName ?? `${manifest.type}-${project}`, group: project, config, path: file.path };
}
