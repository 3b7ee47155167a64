import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigurationError, type ConfigurationIssue, deepFreeze, issuesOf } from './configuration-error.js';
import type { Environment } from './read-environment.js';

/** Where a YAML configuration comes from: a file, or a text with a name to call it by in messages. */
export type YamlSource = { path: string } | { text: string; name: string };

interface Unset {
  path: string;
  variable: string;
}

const wholeVariable = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;
const partOfVariable = /\$\{[A-Za-z_][A-Za-z0-9_]*\}/;

function textOf(source: YamlSource): string {
  if ('text' in source) return source.text;
  try {
    return readFileSync(source.path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ConfigurationError([{ where: source.path, fault: `can't be read (${reason})` }]);
  }
}

function parse(source: YamlSource): unknown {
  const where = 'text' in source ? source.name : source.path;
  const document = parseDocument(textOf(source), { uniqueKeys: true, prettyErrors: true });
  if (document.errors.length > 0) {
    throw new ConfigurationError(
      // The first line says what and where; the rest quotes the file, which may hold a secret.
      document.errors.map((error) => ({ where, fault: error.message.split('\n')[0] ?? 'is not YAML' })),
    );
  }
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new ConfigurationError([{ where, fault: 'has too many aliases' }]);
  }
}

/** Puts the environment's values in place of `${VAR}`. What is unset is left out, so that a default applies. */
function substitute(
  value: unknown,
  path: string[],
  env: Environment,
  unset: Unset[],
  issues: ConfigurationIssue[],
): unknown {
  if (typeof value === 'string') {
    const variable = wholeVariable.exec(value)?.[1];
    if (variable !== undefined) {
      const given = env[variable] || undefined;
      if (given === undefined) unset.push({ path: path.join('.'), variable });
      return given;
    }
    if (partOfVariable.test(value)) {
      issues.push({ where: path.join('.'), fault: 'a ${VARIABLE} may only stand for a whole value' });
    }
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => substitute(item, [...path, String(index)], env, unset, issues));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, substitute(inner, [...path, key], env, unset, issues)] as const)
      .filter(([, inner]) => inner !== undefined),
  );
}

/** A YAML document whose `${VAR}` have been filled in, and the way to name faults of it. */
export interface OpenedYaml {
  value: unknown;
  /** Adds to a fault at `where` that the variable which should stand there is not set. */
  explain(issue: ConfigurationIssue): ConfigurationIssue;
}

/**
 * Reads YAML and fills in `${VAR}`, which may only stand for a whole value; it stays a text. An unset variable
 * leaves its place out, and is a fault only if the schema then misses it.
 *
 * @throws ConfigurationError when it is unreadable, no YAML, has a key twice or a `${VAR}` inside a text.
 */
export function openYaml(source: YamlSource, env: Environment = process.env): OpenedYaml {
  const unset: Unset[] = [];
  const issues: ConfigurationIssue[] = [];
  const value = substitute(parse(source) ?? {}, [], env, unset, issues);
  if (issues.length > 0) throw new ConfigurationError(issues);
  return {
    value,
    explain: (issue) => {
      const cause = unset.find(({ path }) => path === issue.where);
      return cause ? { ...issue, fault: `${issue.fault}: the variable ${cause.variable} is not set` } : issue;
    },
  };
}

/**
 * Reads a YAML configuration by a schema: typed, with defaults, frozen. See {@link openYaml} about `${VAR}`.
 *
 * @throws ConfigurationError with every fault at once.
 */
export function readYaml<Schema extends z.ZodType>(
  source: YamlSource,
  schema: Schema,
  env: Environment = process.env,
): z.output<Schema> {
  const opened = openYaml(source, env);
  const parsed = schema.safeParse(opened.value);
  if (!parsed.success) throw new ConfigurationError(issuesOf(parsed.error).map(opened.explain));
  return deepFreeze(parsed.data);
}
