import { describe, expect, it } from 'vitest';
import { moved, offered } from './column-list.js';

const field = (name: string) => ({ field: name, kind: 'text' as const, count: 1, examples: [] });

describe('the fields that can be added', () => {
  it('are those that are no column yet, and match what was typed', () => {
    const fields = ['timestamp', 'project', 'environment', 'data.Replicas.new', 'data.sha'].map(field);
    const names = (text: string) => offered(fields, ['data.sha'], text).map((each) => each.field);
    expect(names('')).toEqual(['environment', 'data.Replicas.new']);
    expect(names(' repl')).toEqual(['data.Replicas.new']);
  });
});

describe('moved', () => {
  it('changes the order by one place', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  });
});
