import { describe, expect, it } from 'vitest';
import { sinceFirst } from './use-counted.js';

const first = '2026-03-01T10:00:00.123456Z';

describe('sinceFirst', () => {
  it('counts from the first event on where no beginning is named', () => {
    expect(sinceFirst({ q: 'a' }, first)).toEqual({ q: 'a', from: first });
    expect(sinceFirst({ to: '2026-04-01T00:00:00Z' }, first)).toEqual({
      from: first,
      to: '2026-04-01T00:00:00Z',
    });
  });

  it('leaves a beginning that is named, and asks for no range that ends before it begins', () => {
    const named = { from: '2026-01-01T00:00:00Z' };
    expect(sinceFirst(named, first)).toEqual(named);
    expect(sinceFirst(named, undefined)).toEqual(named);
    const before = { to: '2026-02-01T00:00:00Z' };
    expect(sinceFirst(before, first)).toEqual(before);
  });
});
