import { timestampFault } from '@painchain/contract';
import type { Comparison, Test } from '@painchain/query';
import { instantText } from '../database/instant.js';
import { allOf, known } from './conditions.js';
import { type Judge, textField } from './text-field.js';

/** What an instant is compared with. */
export interface Bound {
  operator: Comparison | '=';
  instant: string;
}

const day = /^\d{4}-\d\d-\d\d$/;
const dayMs = 24 * 60 * 60 * 1000;

/** The bounds that all must hold for a test of an instant, or undefined when it is not about one. */
export function boundsOf(test: Test): Bound[] | undefined {
  if (test.kind !== 'is' && test.kind !== 'compare') return undefined;
  const operator = test.kind === 'is' ? '=' : test.operator;
  if (day.test(test.value)) return boundsOfDay(operator, test.value);
  return timestampFault(test.value) === undefined ? [{ operator, instant: test.value }] : undefined;
}

/** A day (UTC) is all of its instants: what comes after it begins with the next. */
function boundsOfDay(operator: Bound['operator'], date: string): Bound[] | undefined {
  const start = `${date}T00:00:00Z`;
  if (timestampFault(start) !== undefined) return undefined;
  const next = date === '9999-12-31' ? 'infinity' : new Date(Date.parse(start) + dayMs).toISOString();
  const from: Bound = { operator: '>=', instant: start };
  const until: Bound = { operator: '<', instant: next };
  const bounds: Record<Bound['operator'], Bound[]> = {
    '=': [from, until],
    '>=': [from],
    '<=': [until],
    '<': [{ operator: '<', instant: start }],
    '>': [{ operator: '>=', instant: next }],
  };
  return bounds[operator];
}

/** An instant. Its text is the one that is shown. */
export function timeField(expression: string): Judge {
  const shown = textField(instantText(expression));
  return (test) => {
    if (test.kind === 'exists') return true;
    if (test.kind === 'like') return shown(test);
    const bounds = boundsOf(test);
    if (!bounds) return false;
    return allOf(
      bounds.map(
        ({ operator, instant }) =>
          (bind) =>
            known(`${expression} ${operator} ${bind(instant, 'timestamptz')}`),
      ),
    );
  };
}
