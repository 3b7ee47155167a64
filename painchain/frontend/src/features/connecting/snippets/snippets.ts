import type { JsonObject, JsonValue } from '@painchain/contract';
import { parse, stringify } from 'yaml';
import type { Draft } from '../draft.js';
import { isObject } from '../json.js';
import { keptOf } from '../kept-secret.js';
import { declaresParts, innerOf, isPublic, memberOf } from '../shown.js';

/** One way of running a connector with this configuration. */
export type Snippet = { id: string; name: string; where: string; text: string };

const wholeVariable = /^\$\{(\w+)\}$/;

/**
 * How the connector would be run with a draft as its own file: with Compose, in Kubernetes, or by the environment. A
 * secret is never part of it; a variable stands in its place, called as the type's example calls it.
 */
export function snippetsOf(draft: Draft, schema: JsonObject, example: string | null): Snippet[] {
  const names = variablesOf(example);
  const used = new Map<string, string>();
  const config = withVariables(draft.config, schema, [], draft.type, names, used) as JsonObject;
  const { type, name, group } = draft;
  const file = {
    connector: { type, project: group === '' ? 'default' : group, ...(name !== '' && { name }) },
    config,
  };
  const secrets = [...used.keys()];
  return [
    { id: 'file', name: 'File', where: `config/${type}-connector.yaml`, text: stringify(file) },
    { id: 'compose', name: 'Compose', where: 'docker-compose.override.yml', text: composeOf(type, secrets) },
    {
      id: 'helm',
      name: 'Helm',
      where: `values.yaml of charts/connectors/${type}`,
      text: helmOf(type, file, secrets),
    },
    { id: 'env', name: 'Environment', where: '.env', text: environmentOf(type, secrets) },
  ];
}

/** Laid over the Compose file that is there, whether that knows the type or not: its network and its key are taken. */
function composeOf(type: string, secrets: readonly string[]): string {
  return stringify({
    services: {
      [`${type}-connector`]: {
        build: { context: '.', dockerfile: `connectors/${type}/Dockerfile` },
        environment: {
          ...Object.fromEntries(secrets.map((name) => [name, `\${${name}}`])),
          PAINCHAIN_API_URL: 'http://painchain-backend:8000/api',
          PAINCHAIN_API_KEY_FILE: '/run/painchain/connector.key',
        },
        networks: ['painchain'],
        volumes: ['connector-key:/run/painchain:ro', `./config/${type}-connector.yaml:/app/config.yaml:ro`],
        depends_on: ['painchain-backend'],
      },
    },
  });
}

function helmOf(type: string, file: object, secrets: readonly string[]): string {
  const values = { config: file, ...(secrets.length > 0 && { existingSecret: `${type}-connector-secrets` }) };
  if (secrets.length === 0) return stringify(values);
  const literals = secrets.map((name) => `  --from-literal=${name}="$${name}"`).join(' \\\n');
  return `# kubectl create secret generic ${type}-connector-secrets \\\n${literals.replaceAll(/^/gm, '#')}\n${stringify(values)}`;
}

function environmentOf(type: string, secrets: readonly string[]): string {
  const lines = secrets.map((name) => `${name}=`);
  return [
    `PAINCHAIN_CONFIG=config/${type}-connector.yaml`,
    'PAINCHAIN_API_URL=http://localhost:8000/api',
    ...lines,
    '',
  ].join('\n');
}

/** How the example calls the variables of secrets, by their places. */
function variablesOf(example: string | null): Map<string, string> {
  const names = new Map<string, string>();
  const walk = (value: JsonValue, path: readonly string[]): void => {
    if (typeof value === 'string') {
      const [, name] = wholeVariable.exec(value) ?? [];
      if (name !== undefined) names.set(path.join('.'), name);
    } else if (Array.isArray(value)) for (const item of value) walk(item, [...path, '*']);
    else if (isObject(value)) for (const [key, member] of Object.entries(value)) walk(member, [...path, key]);
  };
  try {
    const whole = example === null ? null : (parse(example) as JsonValue);
    if (isObject(whole ?? undefined)) walk((whole as JsonObject)['config'] ?? null, []);
  } catch {
    // An example that can't be read names no variables.
  }
  return names;
}

function withVariables(
  value: JsonValue,
  schema: JsonObject | undefined,
  path: readonly string[],
  type: string,
  names: ReadonlyMap<string, string>,
  used: Map<string, string>,
): JsonValue {
  if (value === null || (isPublic(schema) && !declaresParts(schema))) return value;
  if (Array.isArray(value)) {
    const items = innerOf(schema, 'items');
    return value.map((item) => withVariables(item, items, [...path, '*'], type, names, used));
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(
      ([key, member]) =>
        [key, withVariables(member, memberOf(schema, key), [...path, key], type, names, used)] as const,
    );
    return Object.fromEntries(members);
  }
  if (isPublic(schema)) return value;
  // Of what is stored nobody can tell whether it is the same.
  const secret = keptOf(value) ? `stored ${used.size}` : JSON.stringify(value);
  return `\${${nameFor(path, secret, type, names, used)}}`;
}

/** Two different secrets never share a variable. */
function nameFor(
  path: readonly string[],
  secret: string,
  type: string,
  names: ReadonlyMap<string, string>,
  used: Map<string, string>,
): string {
  const own = [type, ...path.filter((key) => key !== '*')].join('_').replaceAll(/[^A-Za-z0-9]+/g, '_');
  const wanted = names.get(path.join('.')) ?? own.toUpperCase();
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}_${count}`;
    const other = used.get(name);
    if (other !== undefined && other !== secret) continue;
    used.set(name, secret);
    return name;
  }
}
