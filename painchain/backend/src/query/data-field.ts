import { timestampFault } from '@painchain/contract';
import type { Comparison, Test } from '@painchain/query';
import { type Condition, known } from './conditions.js';
import { likePattern } from './like.js';

/** A condition on the value `@`, and the JSON texts of its variables. */
interface Filter {
  condition: string;
  variables: Record<string, string>;
}

// A number of JSON that PostgreSQL can hold: a longer exponent would be an error.
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;
const day = /^\d{4}-\d\d-\d\d$/;

/** A place in the event's data. Arrays on the way are entered, so it may be several values: any of them counts. */
export function judgeData(path: readonly string[], test: Test): Condition {
  const place = `$${path.map((key) => `.${JSON.stringify(key)}`).join('')}`;
  if (test.kind === 'like') return isLike(place, likePattern(test.parts));
  const filter = filterOf(test);
  if (!filter) return false;
  const members = Object.entries(filter.variables).map(([name, json]) => `"${name}":${json}`);
  return (bind) => {
    const bound = [
      bind(`${place} ? (${filter.condition})`, 'jsonpath'),
      bind(`{${members.join()}}`, 'jsonb'),
    ];
    return known(`jsonb_path_exists(e.data, ${bound.join(', ')}, true)`);
  };
}

// As the other tests, it enters lists of lists. What [*] enters need not be one.
function isLike(place: string, pattern: string): Condition {
  return (bind) => `exists (
  select from jsonb_path_query(e.data, ${bind(`${place}[*][*]`, 'jsonpath')}, '{}', true) as value
  where jsonb_typeof(value) in ('string', 'number', 'boolean') and value #>> '{}' like ${bind(pattern, 'text')})`;
}

function filterOf(test: Exclude<Test, { kind: 'like' }>): Filter | undefined {
  switch (test.kind) {
    case 'exists':
      return { condition: '@ != null', variables: {} };
    case 'is':
      return equalTo(test.value);
    case 'compare':
      return comparedWith(test.operator, test.value);
  }
}

/** A string that is the typed text, or a number or boolean that is written so. */
function equalTo(value: string): Filter {
  const text = JSON.stringify(value);
  if (!number.test(value) && value !== 'true' && value !== 'false')
    return { condition: '@ == $text', variables: { text } };
  return { condition: '@ == $text || @ == $literal', variables: { text, literal: value } };
}

function comparedWith(operator: Comparison, value: string): Filter | undefined {
  const plain = value.replace(/^(-?)0+(?=\d)/, '$1');
  if (number.test(plain)) return { condition: `@ ${operator} $number`, variables: { number: plain } };
  if (!day.test(value) && timestampFault(value) !== undefined) return undefined;
  // Instants and days stand in the order of their texts.
  return {
    condition: `@ ${operator} $text && @ like_regex "^[0-9]{4}-[0-9]{2}-[0-9]{2}"`,
    variables: { text: JSON.stringify(value) },
  };
}
