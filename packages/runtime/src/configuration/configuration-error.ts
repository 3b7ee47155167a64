import type { z } from 'zod';

/** One fault of a configuration: where it stands, and what is wrong with it. Never contains the value. */
export interface ConfigurationIssue {
  where: string;
  fault: string;
}

/** A configuration that can't be used, with all of its faults at once. `runProcess` exits with 78 on it. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly issues: readonly ConfigurationIssue[]) {
    super(issues.map(({ where, fault }) => `${where}: ${fault}`).join('\n'));
  }
}

/** Zod's issues as ours: unknown keys one by one, a missing value named as such. */
export function issuesOf(error: z.ZodError, prefix = ''): ConfigurationIssue[] {
  return error.issues.flatMap((issue) => {
    const path = [prefix, ...issue.path.map(String)].filter(Boolean);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ where: [...path, key].join('.'), fault: 'is not a known setting' }));
    }
    if (issue.code === 'invalid_type' && issue.message.endsWith('received NaN')) {
      return [{ where: path.join('.'), fault: 'must be a number' }];
    }
    const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
    return [{ where: path.join('.') || '(top)', fault: missing ? 'is required' : issue.message }];
  });
}

/** Freezes a configuration in depth, so that nobody can change it under somebody else's feet. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
