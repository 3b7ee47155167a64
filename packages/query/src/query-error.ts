import type { SyntaxNode } from '@lezer/common';

/** A place in a text, in UTF-16 units. `to` is not included. */
export interface Span {
  from: number;
  to: number;
}

/** Why a text is no query, for a human reader, with the remedy and the place. */
export class QueryError extends Error {
  override name = 'QueryError';
  readonly span: Span;

  constructor(message: string, { from, to }: Span) {
    super(message);
    this.span = { from, to };
  }
}

/** What is wrong where the parser stumbled. */
export function syntaxFault(error: SyntaxNode, text: string): QueryError {
  const { parent, prevSibling: before } = error;
  const name = parent?.name;
  const open = parent?.firstChild;
  if (open && !open.type.isError && (name === 'FieldTest' || name === 'Compare'))
    return withoutValue(open, text);
  if (before && /^(?:Or|And|NotWord|Minus)$/.test(before.name)) return withoutOperand(before, text);
  const rest = text.slice(error.from);
  const from = rest === '' ? text.length - 1 : error.from;
  const at = { from, to: from + 1 };
  const keyword = /^(?:OR|AND)(?![^\s()])/.exec(rest);
  if (keyword) return withoutOperand({ from: error.from, to: error.from + keyword[0].length }, text);
  if (open?.name === 'Open') {
    if (rest.startsWith(')'))
      return new QueryError('There is nothing in these parentheses: leave them out.', open);
    if (rest === '') return new QueryError('This ( is never closed: put a ) where it ends.', open);
  }
  if (rest.startsWith(')')) return new QueryError('There is no ( for this ): leave it out.', at);
  if (rest.startsWith(':')) {
    return new QueryError(
      'A colon stands right behind the name of a field. To search for text, quote it.',
      at,
    );
  }
  return new QueryError('This is not understood here. To search for it as text, quote it.', at);
}

/** A field or a comparison that nothing stands right behind. */
export function withoutValue(before: SyntaxNode, text: string): QueryError {
  const written = text.slice(before.from, before.to);
  const detail = `${written} needs its value right behind it, without a space. To search for text, quote it.`;
  return new QueryError(detail, before);
}

function withoutOperand({ from, to }: Span, text: string): QueryError {
  const sign = text.slice(from, to);
  const needed = /^(?:OR|AND)$/.test(sign) ? 'a condition on both sides' : 'a condition behind it';
  return new QueryError(`${sign} needs ${needed}. To search for the word itself, quote it.`, { from, to });
}
