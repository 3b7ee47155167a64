import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeAt } from './place-at.js';
import { printField } from './print.js';

/** The place at the | in a text: its kind or field, what is typed, and the text with _ for what a choice replaces. */
function place(marked: string): [string, string, string] {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = placeAt(text, offset);
  const { from, to } = found.span;
  const kind = found.kind === 'value' ? `${printField(found.field)}:` : found.kind;
  return [kind, found.typed, `${text.slice(0, from)}_${text.slice(to)}`];
}

describe('placeAt', () => {
  it.each([
    ['|', 'field', '', '_'],
    ['sta|', 'field', 'sta', '_'],
    ['sta|tus:failure x', 'field', 'sta', '_failure x'],
    ['|status:x', 'field', '', '_status:x'],
    ['a | b', 'field', '', 'a _ b'],
    ['-sta|', 'field', 'sta', '-_'],
    ['(a OR -|', 'field', '', '(a OR -_'],
    ['(|', 'field', '', '(_'],
    ['data.rep|', 'field', 'data.rep', '_'],
    ['data."app.kub|ernetes.io/name":x', 'field', 'data.app.kub', '_x'],
    ['data."app k|', 'field', 'data.app k', '_'],
    ['payment-api|', 'field', 'payment-api', '_'],
    ['status:x (pro|)', 'field', 'pro', 'status:x (_)'],
    ['a) sta|', 'field', 'sta', 'a) _'],
    ['tag:(a)|', 'field', '', 'tag:(a)_'],
    ['tag:(a) | b', 'field', '', 'tag:(a) _ b'],
    ['status: con|', 'field', 'con', 'status: _'],
    ['status: |', 'field', '', 'status: _'],
    ['a O|', 'operator', 'O', 'a _'],
    ['a NOT|', 'operator', 'NOT', 'a _'],
    ['"payment a|pi" b', 'text', 'payment a', '_ b'],
    ['src/app|/x', 'text', 'src/app', '_'],
    ['fix:bu|g b', 'text', 'fix:bu', '_ b'],
  ])('is at a condition in %s', (marked, kind, typed, replaced) => {
    expect(place(marked)).toEqual([kind, typed, replaced]);
  });

  it.each([
    ['status:|', 'status:', '', 'status:_'],
    ['status:fa|ilure b', 'status:', 'fa', 'status:_ b'],
    ['status:|failure b', 'status:', '', 'status:_ b'],
    ['a (status:|', 'status:', '', 'a (status:_'],
    ['env:"in pr|od" b', 'environment:', 'in pr', 'env:_ b'],
    ['project:acme/ap*|', 'project:', 'acme/ap*', 'project:_'],
    ['ref:commit:ab|', 'ref:', 'commit:ab', 'ref:_'],
    ['data.a."b.c":>=|', 'data.a."b.c":', '', 'data.a."b.c":>=_'],
    ['data.n:>1|0', 'data.n:', '1', 'data.n:>_'],
    ['tag:(|', 'tag:', '', 'tag:(_'],
    ['tag:(a| OR b)', 'tag:', 'a', 'tag:(_ OR b)'],
    ['tag:(a OR | b)', 'tag:', '', 'tag:(a OR _ b)'],
    ['tag:(a (-b|', 'tag:', 'b', 'tag:(a (-_'],
    ['tag:(a) OR -(status:fa|', 'status:', 'fa', 'tag:(a) OR -(status:_'],
  ])('is at a value in %s', (marked, field, typed, replaced) => {
    expect(place(marked)).toEqual([field, typed, replaced]);
  });

  it('is somewhere in any text, and replaces what is typed at least', () => {
    const part = fc.constantFrom(
      '(',
      ')',
      '"',
      '\\',
      ':',
      '-',
      '>',
      ' ',
      'a',
      'tag:(',
      'status:',
      'OR',
      '\ud800',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part).map((parts) => parts.join('')),
          fc.string({ unit: 'binary' }),
        ),
        fc.integer({ min: -1, max: 60 }),
        (text, offset) => {
          const { span } = placeAt(text, offset);
          const cursor = Math.min(Math.max(offset, 0), text.length);
          expect(0 <= span.from && span.from <= cursor && cursor <= span.to && span.to <= text.length).toBe(
            true,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
