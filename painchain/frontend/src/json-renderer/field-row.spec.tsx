import { isValidElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ErrorBoundary } from '../components/error-boundary.js';
import { FieldRow } from './field-row.js';
import { NestedValue } from './render-context.js';

type Props = { children?: ReactNode };

/** Whether a value stands in an element, and whether everything on the way to it may fail. */
function isGuarded(node: ReactNode, guarded = false): boolean | undefined {
  if (Array.isArray(node))
    return node.map((one: ReactNode) => isGuarded(one, guarded)).find((one) => one !== undefined);
  if (!isValidElement<Props>(node)) return undefined;
  if (node.type === NestedValue) return guarded;
  return isGuarded(node.props.children, guarded || node.type === ErrorBoundary);
}

describe('FieldRow', () => {
  it('keeps a fault of a value within its field', () => {
    let row: ReactNode;
    const Probe = () => {
      const field = { name: 'a', value: 1, hint: undefined, place: ['a'], isWide: false };
      row = FieldRow({ ...field, className: 'field', siblings: { a: 1 }, depth: 0 });
      return null;
    };
    renderToStaticMarkup(<Probe />);
    expect(isGuarded(row)).toBe(true);
    const boundary = new ErrorBoundary({ children: 'shown' });
    expect(boundary.render()).toBe('shown');
    boundary.state = ErrorBoundary.getDerivedStateFromError();
    expect(renderToStaticMarkup(boundary.render())).toContain('This cannot be shown; see Raw.');
  });
});
