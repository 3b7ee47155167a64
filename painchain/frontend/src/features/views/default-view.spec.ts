import type { SavedView } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { asksForDefault, defaultOf } from './default-view.js';

function view(name: string, is_shared: boolean, is_default: boolean): SavedView {
  const at = '2026-01-31T10:35:00.000Z';
  return { id: `view_${name}`, name, search: '', is_shared, is_default, created_at: at, updated_at: at };
}

describe('the default view', () => {
  it('is for who comes by /home alone', () => {
    expect(asksForDefault({ path: '/home', search: '', way: 'navigate' })).toBe(true);
    expect(asksForDefault({ path: '/', search: '', way: 'navigate' })).toBe(true);
    expect(asksForDefault({ path: '/home', search: '', way: undefined })).toBe(true);
    expect(asksForDefault({ path: '/home', search: '?range=24h', way: 'navigate' })).toBe(false);
    expect(asksForDefault({ path: '/settings', search: '', way: 'navigate' })).toBe(false);
  });

  it('leaves those alone who go back, or load everything again', () => {
    expect(asksForDefault({ path: '/home', search: '', way: 'back_forward' })).toBe(false);
    expect(asksForDefault({ path: '/home', search: '', way: 'reload' })).toBe(false);
  });

  it('is one’s own before the shared one', () => {
    const [shared, own, other] = [view('a', true, true), view('b', false, true), view('c', false, false)];
    expect(defaultOf([shared, other, own])).toBe(own);
    expect(defaultOf([other, shared])).toBe(shared);
    expect(defaultOf([other])).toBeUndefined();
  });
});
