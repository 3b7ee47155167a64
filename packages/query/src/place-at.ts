import type { SyntaxNode } from '@lezer/common';
import { readField } from './fields.js';
import { parser } from './parser.generated.js';
import { split, unclosedQuote } from './pieces.js';
import type { Span } from './query-error.js';
import type { Field } from './query.js';

/**
 * What is being typed. `field`: a word that may become a field's name, or text. `operator`: the beginning of AND, OR
 * or NOT. `typed` is what stands before the cursor, without quotes; a choice replaces what stands in `span`, which
 * takes in the rest of the word behind the cursor and, of a field's name, the colon.
 */
export type Place =
  | { kind: 'field' | 'operator' | 'text'; typed: string; span: Span }
  | { kind: 'value'; field: Field; typed: string; span: Span };

const nothing = /^/;
const restOfName = /^(?:[^\s():"]|"(?:[^\\"]|\\[^])*"?)*:?/;
const restOfValue = /^(?:[^\s()"]|"(?:[^\\"]|\\[^])*"?)*/;
const restOfQuote = /^(?:[^\\"]|\\[^])*"?/;

/** What is being typed at a cursor. What stands behind it is not asked, so that a query may be unfinished. */
export function placeAt(text: string, offset: number): Place {
  const cursor = Math.min(Math.max(offset, 0), text.length);
  const before = text.slice(0, cursor);
  const node = parser.parse(before).resolveInner(cursor, -1);
  const isWord = /^(?:Word|Value|Or|And|NotWord)$/.test(node.name);
  const from = isWord ? node.from : cursor;
  const name = nameOf(node, cursor);
  if (name) {
    const field = readField(before.slice(name.from, name.to - 1));
    if (!field) return { kind: 'text', ...typing(text, name.from, cursor, restOfValue) };
    const isValue = isWord || node.name === 'FieldName' || node.name === 'Operator';
    return { kind: 'value', field, ...typing(text, from, cursor, isValue ? restOfValue : nothing) };
  }
  const kind = kindOf(before.slice(from));
  const rest = kind === 'field' ? restOfName : restOfValue;
  return { kind, ...typing(text, from, cursor, isWord ? rest : nothing) };
}

/** The name of the field whose value is being typed. */
function nameOf(node: SyntaxNode, cursor: number): SyntaxNode | undefined {
  if (node.name === 'Close') return undefined;
  for (let around: SyntaxNode | null = node; around; around = around.parent) {
    if (around.name !== 'FieldTest') continue;
    const name = around.firstChild;
    const value = name?.nextSibling;
    if (!name || name.name !== 'FieldName') continue;
    // Behind a space it would be another word.
    if (name.to === (value && !value.type.isError ? value.from : cursor)) return name;
  }
  return undefined;
}

function kindOf(word: string): 'field' | 'operator' | 'text' {
  if (/^(?:AN?D?|OR?|NO?T?)$/.test(word)) return 'operator';
  return /^(?:[\w.-]*$|data\.)/i.test(word) ? 'field' : 'text';
}

function typing(text: string, from: number, cursor: number, rest: RegExp): { typed: string; span: Span } {
  const word = text.slice(from, cursor);
  let to = cursor;
  const skip = (pattern: RegExp) => (to += pattern.exec(text.slice(to))?.[0].length ?? 0);
  if (unclosedQuote(word) !== undefined) skip(restOfQuote);
  skip(rest);
  return { typed: split(word, '*').join('*'), span: { from, to } };
}
