import type { SyntaxNode } from '@lezer/common';
import { impossible, readField } from './fields.js';
import { parser } from './parser.generated.js';
import { split, unclosedQuote } from './pieces.js';
import { print } from './print.js';
import { type Comparison, everything, type Field, type Query, type Test } from './query.js';
import { QueryError, syntaxFault, withoutValue } from './query-error.js';
import {
  foreignCondition,
  foreignValue,
  inQuotes,
  smallOperator,
  unknownField,
  withoutWords,
  withParenthesis,
} from './remedies.js';
import { searchWords } from './tokenize.js';
import { all, any, height, not } from './tree.js';

/** The bounds of a query: characters of its text (UTF-16), conditions in it, and levels of its tree. */
export const queryLimits = { length: 2_000, conditions: 64, depth: 16 } as const;

/** Printed again, a tree needs no more parentheses than it is high; a reader may have typed some in vain. */
const deepestNesting = 2 * queryLimits.depth;

/** Reads a query. Throws a QueryError, and nothing else, on a text that is none. */
export function parse(text: string): Query {
  refuseUnreadable(text);
  const query = new Reader(text).read();
  if (height(query) > queryLimits.depth) throw tooDeep(text);
  // Field names may grow, and whoever prints a query must be able to send it.
  if (print(query).length > queryLimits.length) throw tooLong(text);
  return query;
}

function refuseUnreadable(text: string): void {
  if (text.length > queryLimits.length) throw tooLong(text);
  const unstorable = text.search(/[\0\p{Surrogate}]/u);
  if (unstorable >= 0) {
    const span = { from: unstorable, to: unstorable + 1 };
    throw new QueryError('No event can hold this character: leave it out.', span);
  }
  const open = unclosedQuote(text);
  if (open !== undefined) {
    throw new QueryError('This quote is never closed: put a " at its end.', { from: open, to: text.length });
  }
}

function tooLong(text: string): QueryError {
  const from = Math.min(text.length, queryLimits.length);
  const most = queryLimits.length.toLocaleString('en');
  const detail = `A query has at most ${most} characters, with the full names of its fields.`;
  return new QueryError(detail, { from: from === text.length ? 0 : from, to: text.length });
}

function tooDeep(text: string): QueryError {
  const detail = `A query is at most ${queryLimits.depth} levels deep: leave out parentheses.`;
  return new QueryError(detail, { from: 0, to: text.length });
}

/** Makes the tree of one text. */
class Reader {
  private conditions = 0;
  private nesting = 0;

  constructor(private readonly text: string) {}

  read(): Query {
    const tree = parser.parse(this.text);
    const query = tree.topNode.firstChild ? this.query(this.child(tree.topNode, 0), undefined) : everything;
    tree.iterate({
      enter: (entered) => {
        if (entered.type.isError) throw syntaxFault(entered.node, this.text);
      },
    });
    return query;
  }

  /** With a field, what is read are values of it. */
  private query(node: SyntaxNode, field: Field | undefined): Query {
    switch (node.name) {
      case 'Any':
        return any(this.members(node, field));
      case 'All':
        return all(this.members(node, field));
      case 'Not':
        return this.nested(() => this.negation(node, field));
      case 'Group':
      case 'Values':
        return this.nested(() => this.query(this.child(node, 1), field));
      case 'FieldTest':
        return this.fieldTest(node);
      default:
        if (node.type.isError) throw syntaxFault(node, this.text);
        this.count(node);
        return field ? this.test(node, field) : this.word(node);
    }
  }

  private nested(read: () => Query): Query {
    this.nesting += 1;
    if (this.nesting > deepestNesting) throw tooDeep(this.text);
    const query = read();
    this.nesting -= 1;
    return query;
  }

  private count(node: SyntaxNode): void {
    this.conditions += 1;
    if (this.conditions <= queryLimits.conditions) return;
    throw new QueryError(`A query has at most ${queryLimits.conditions} conditions: leave some out.`, node);
  }

  private members(node: SyntaxNode, field: Field | undefined): Query[] {
    const members: Query[] = [];
    let end: number | undefined;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === 'Or' || child.name === 'And') {
        end = undefined;
        continue;
      }
      if (child.from === end && !child.type.isError) {
        const from = child.prevSibling?.from ?? node.from;
        throw new QueryError(withParenthesis({ text: this.text, from }), child);
      }
      this.refuseSmallOperator(child, field);
      members.push(this.query(child, field));
      end = child.to;
    }
    return members;
  }

  /** Among words it is one of them; beside a condition or among values it can only be a slip. */
  private refuseSmallOperator(node: SyntaxNode, field: Field | undefined): void {
    const word = this.source(node);
    const isAlone = [node.prevSibling, node.nextSibling].every((beside) => !beside || beside.name === 'Word');
    if (!smallOperator.test(word) || (isAlone && !field)) return;
    const detail = `Write ${word.toUpperCase()} in capital letters. To search for the word itself, quote it.`;
    throw new QueryError(detail, node);
  }

  private negation(node: SyntaxNode, field: Field | undefined): Query {
    const sign = this.child(node, 0);
    const operand = this.child(node, 1);
    if (sign.name === 'NotWord') return not(this.query(operand, field));
    if (sign.to !== operand.from) {
      const detail = 'Put the dash right before what it excludes, without a space, or leave it out.';
      throw new QueryError(detail, sign);
    }
    const isEven = (sign.to - sign.from) % 2 === 0;
    return isEven ? this.query(operand, field) : not(this.query(operand, field));
  }

  private fieldTest(node: SyntaxNode): Query {
    const name = this.child(node, 0);
    const written = this.source(name).slice(0, -1);
    const field = readField(written);
    if (!field) throw new QueryError(unknownField(written, { text: this.text, from: node.from }), name);
    const value = this.child(node, 1);
    this.refuseGap(name, value);
    return this.query(value, field);
  }

  private refuseGap(before: SyntaxNode, value: SyntaxNode): void {
    if (before.to !== value.from) throw withoutValue(before, this.text);
  }

  private test(node: SyntaxNode, field: Field): Query {
    const test = node.name === 'Compare' ? this.comparison(node) : this.value(node);
    const fault = impossible(field, test);
    if (fault !== undefined) throw new QueryError(fault, node);
    return { kind: 'field', field, test };
  }

  private comparison(node: SyntaxNode): Test {
    const operator = this.child(node, 0);
    const value = this.child(node, 1);
    this.refuseGap(operator, value);
    const parts = split(this.source(value), '*');
    if (parts.length > 1) throw new QueryError('A star has no place in a comparison: name a value.', value);
    return { kind: 'compare', operator: this.source(operator) as Comparison, value: parts.join('') };
  }

  private value(node: SyntaxNode): Test {
    const fault = foreignValue(this.source(node));
    if (fault !== undefined) throw new QueryError(fault, node);
    const [first = '', ...rest] = split(this.source(node), '*');
    if (rest.length === 0) return { kind: 'is', value: first };
    const last = rest.pop() ?? '';
    // Two stars mean no more than one.
    const parts = [first, ...rest.filter((part) => part !== ''), last];
    return parts.every((part) => part === '') ? { kind: 'exists' } : { kind: 'like', parts };
  }

  private word(node: SyntaxNode): Query {
    const source = this.source(node);
    if (/^\*+$/.test(source)) return everything;
    const part = { text: this.text, from: node.from };
    const meant = foreignCondition(source);
    if (meant !== undefined) throw new QueryError(`This is written ${meant} here. ${inQuotes(part)}`, node);
    const [text = '', ...rest] = split(source, '*');
    if (rest.some((part) => part !== '') || (text === '' && rest.length > 0)) {
      const detail = `A star can only stand at the end of a text; in titles it can stand anywhere: title:${source}`;
      throw new QueryError(detail, node);
    }
    if (searchWords(text).length === 0) throw new QueryError(withoutWords(source, part), node);
    return { kind: 'text', text, isPrefix: rest.length > 0 };
  }

  private child(node: SyntaxNode, index: 0 | 1): SyntaxNode {
    const first = node.firstChild;
    const child = index === 0 ? first : first?.nextSibling;
    if (!child || child.type.isError) throw syntaxFault(child ?? node, this.text);
    return child;
  }

  private source(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }
}
