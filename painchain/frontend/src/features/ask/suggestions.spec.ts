import { describe, expect, it } from 'vitest';
import { completionSuggestions, moved, wholeSuggestions } from './suggestions.js';

const span = { from: 0, to: 0 };

describe('the list below the box', () => {
  it('offers what ran last and what the page has', () => {
    const many = Array.from({ length: 20 }, (_, index) => `q${index}`);
    const offered = wholeSuggestions(many, [{ label: 'Mine', hint: 'view', run: () => undefined }]);
    expect(offered.map(({ label, hint }) => [label, hint]).slice(7)).toEqual([
      ['q7', 'recent'],
      ['Mine', 'view'],
    ]);
  });

  it('has a key of its own for each line', () => {
    const keys = completionSuggestions([
      { kind: 'field', label: 'type', insert: 'type:', span },
      { kind: 'value', label: 'type', insert: 'type', span },
    ]).map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });

  it('is walked through, over the box and back', () => {
    const lines = wholeSuggestions(['a', 'b'], []);
    expect(moved(lines, undefined, 1)).toBe('recent 0');
    expect(moved(lines, 'recent 0', 1)).toBe('recent 1');
    expect(moved(lines, 'recent 1', 1)).toBeUndefined();
    expect(moved(lines, undefined, -1)).toBe('recent 1');
    expect(moved(lines, 'gone', 1)).toBe('recent 0');
    expect(moved([], undefined, 1)).toBeUndefined();
  });
});
