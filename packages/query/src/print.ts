import { quote } from './pieces.js';
import type { Field, Query, Test } from './query.js';

/** A query as text, in one form: parsed again it is the same tree. */
export function print(query: Query): string {
  return printIn(query, undefined, 'alone');
}

/** A field as it is written in a query, without the colon. */
export function printField(field: Field): string {
  if (field.name !== 'data') return field.name;
  return ['data', ...field.path.map((key) => (bareKey.test(key) ? key : quote(key)))].join('.');
}

const bareKey = /^[^\s\p{C}():"*.]+$/u;
const bareText = /^[^\s\p{C}():"*=<>!]+$/u;
const barePiece = /^[^\s\p{C}()"*]+$/u;
const keyword = /^(?:AND|OR|NOT)$/i;

/** What stands around: nothing, a NOT or a list of another kind, which take one condition each. */
type Place = 'alone' | 'in not' | 'in any' | 'in all';

/** With a field, values of it are printed: all of the query is about that field. */
function printIn(query: Query, field: string | undefined, place: Place): string {
  if (query.kind === 'not') return `-${printIn(query.of, field, 'in not')}`;
  if (query.kind === 'text') return printText(query.text) + (query.isPrefix ? '*' : '');
  if (query.kind === 'field') return printCondition(query.field, query.test, field);
  if (query.of.length === 0) return place === 'alone' ? '' : '*';
  const shared = field === undefined ? sharedField(query) : undefined;
  const items = query.of.map((item) =>
    printIn(item, field ?? shared, query.kind === 'all' ? 'in all' : 'in any'),
  );
  const list = items.join(query.kind === 'all' ? ' ' : ' OR ');
  if (shared !== undefined) return `${shared}:(${list})`;
  const isClear = place === 'alone' || (place === 'in any' && query.kind === 'all');
  return isClear ? list : `(${list})`;
}

/** The field that all conditions of a query are about. */
function sharedField(query: Query): string | undefined {
  if (query.kind === 'field') return printField(query.field);
  if (query.kind === 'text') return undefined;
  if (query.kind === 'not') return sharedField(query.of);
  const [first, ...others] = query.of.map(sharedField);
  return others.every((other) => other === first) ? first : undefined;
}

function printText(text: string): string {
  return bareText.test(text) && !text.startsWith('-') && !keyword.test(text) ? text : quote(text);
}

const foreign = /^[<>!\u201c-\u201e]/;
const foreignInList = /^(?:[-<>!\u201c-\u201e]|(?:AND|OR|NOT)$)/i;

/** In a list of values a dash excludes and OR is no value, not even a small one: there more has to be quoted. */
function printCondition(field: Field, test: Test, list: string | undefined): string {
  const value = printTest(test, list === undefined ? foreign : foreignInList);
  return list === undefined ? `${printField(field)}:${value}` : value;
}

function printTest(test: Test, special: RegExp): string {
  switch (test.kind) {
    case 'exists':
      return '*';
    case 'is':
      return printPiece(test.value, special);
    case 'like':
      return test.parts
        .map((part, index) => (part === '' ? '' : printPiece(part, index === 0 ? special : /^$/)))
        .join('*');
    case 'compare':
      return test.operator + printPiece(test.value, /^=/);
  }
}

function printPiece(text: string, special: RegExp): string {
  return barePiece.test(text) && !special.test(text) ? text : quote(text);
}
