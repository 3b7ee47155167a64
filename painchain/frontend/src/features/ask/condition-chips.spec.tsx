import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ConditionChips } from './condition-chips.js';

const change = { edit: () => undefined, query: () => undefined };
const shown = (q?: string) => renderToStaticMarkup(<ConditionChips q={q} change={change} />);

describe('the chips of a query', () => {
  it('name each condition, and say which are excluded', () => {
    const chips = shown('status:failure -actor:"a <b>" (x OR y)');
    expect(chips).toContain('<bdi>status:failure</bdi>');
    expect(chips).toContain('aria-label="Remove not actor:&quot;a &lt;b&gt;&quot;"');
    expect(chips.match(/>not </g)).toHaveLength(1);
    expect(chips).toContain('<bdi>x OR y</bdi>');
    expect(chips).toContain('Clear all');
  });

  it('are none without a condition, or without a query that can be read', () => {
    expect(shown()).toBe('');
    expect(shown('status:(')).toBe('');
    expect(shown('a')).not.toContain('Clear all');
  });
});
