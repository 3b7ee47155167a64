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
import type { Connector } from '../connector.js';
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

function settingsFromEnvironment(connector: Given, env: Environment): [path: string, value: string][] {
  const byPath = Object.entries(connector.environment ?? {});
  const shape = Object.fromEntries(byPath.map(([, variable]) => [variable, z.string().optional()]));
  const values = readEnvironment(z.object(shape), env);
  return byPath.flatMap(([path, variable]) => {
    const value = values[variable];
    return value === undefined ? [] : [[path, value] as [string, string]];
  });
}

function explainVariables(issue: ConfigurationIssue, connector: Given): ConfigurationIssue {
  const variable = connector.environment?.[issue.where.replace(/^config\./, '')];
  if (variable === undefined || issue.fault !== 'is required') return issue;
  return { ...issue, fault: `is required: set it here or by the variable ${variable}` };
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
 * says nothing, or from the environment alone. Undefined when neither says anything: the connector then works
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
  if (!file.named && !existsSync(file.path) && settings.length === 0) return undefined;
  const opened = open(file, manifest, env);
  const parsed = ConfigFile.safeParse(opened.value);
  const given = parsed.data?.config ?? settingAt(opened.value, 'config') ?? {};
  const config = settings.reduce(
    (filled, [path, value]) =>
      settingAt(filled, path) === undefined ? withSetting(filled, path, value) : filled,
    (typeof given === 'object' ? given : {}) as JsonObject,
  );
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
