import type { Bind } from './bind.js';

/**
 * A boolean SQL expression over the alias `e` of events, never null; or what it always is. It is written late, since
 * a value that is bound must also be used.
 */
export type Condition = boolean | ((bind: Bind) => string);

export function write(condition: Condition, bind: Bind): string {
  return typeof condition === 'boolean' ? String(condition) : condition(bind);
}

/** An expression that may be null, which means that the event has no such value. */
export function known(expression: string): string {
  return `coalesce(${expression}, false)`;
}

export function allOf(conditions: readonly Condition[]): Condition {
  return conditions.includes(false) ? false : joined(conditions, true, 'and');
}

export function anyOf(conditions: readonly Condition[]): Condition {
  return conditions.includes(true) ? true : joined(conditions, false, 'or');
}

export function notOf(condition: Condition): Condition {
  return typeof condition === 'boolean' ? !condition : (bind) => `(not ${condition(bind)})`;
}

function joined(conditions: readonly Condition[], neutral: boolean, operator: string): Condition {
  const parts = conditions.filter((condition) => typeof condition !== 'boolean');
  const [first] = parts;
  if (!first) return neutral;
  if (parts.length === 1) return first;
  return (bind) => `(${parts.map((part) => part(bind)).join(` ${operator} `)})`;
}
