import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ConfigurationError, type ConfigurationIssue, deepFreeze, issuesOf } from './configuration-error.js';

/** A process's environment, or anything that looks like one. */
export type Environment = Readonly<Record<string, string | undefined>>;

function fromFile(name: string, path: string, issues: ConfigurationIssue[]): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    issues.push({ where: name, fault: `the file it names can't be read (${reason})` });
    return undefined;
  }
}

/**
 * The value of one variable: `X`, or the content of the file that `X_FILE` names, without its last line break.
 * An empty variable counts as absent, since that is what compose files and charts make of an unset one.
 */
function valueOf(name: string, env: Environment, ownFileKey: boolean, issues: ConfigurationIssue[]) {
  const value = env[name] || undefined;
  const file = ownFileKey ? undefined : env[`${name}_FILE`] || undefined;
  if (value !== undefined && file !== undefined) {
    issues.push({ where: name, fault: `is given twice: set ${name} or ${name}_FILE` });
    return undefined;
  }
  return file === undefined ? value : fromFile(`${name}_FILE`, file, issues);
}

/**
 * Reads the variables that `schema` names, typed, with its defaults, and frozen.
 *
 * Each variable `X` may also be given as `X_FILE`, a path to a file that holds it, unless the schema declares
 * `X_FILE` as a variable of its own.
 *
 * @throws ConfigurationError with every fault at once.
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  env: Environment = process.env,
): z.output<z.ZodObject<Shape>> {
  const issues: ConfigurationIssue[] = [];
  const names = Object.keys(schema.shape);
  const given = Object.fromEntries(
    names
      .map((name) => [name, valueOf(name, env, names.includes(`${name}_FILE`), issues)] as const)
      .filter(([, value]) => value !== undefined),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const known = new Set(issues.map(({ where }) => where.replace(/_FILE$/, '')));
    issues.push(...issuesOf(parsed.error).filter(({ where }) => !known.has(where)));
  }
  if (issues.length > 0 || !parsed.success) throw new ConfigurationError(issues);
  return deepFreeze(parsed.data);
}
