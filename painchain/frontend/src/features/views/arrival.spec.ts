import type { SavedView } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { defaultOf, viewAskedFor } from './arrival.js';

function view(name: string, is_shared: boolean, is_default: boolean): SavedView {
  const at = '2026-01-31T10:35:00.000Z';
  return { id: `view_${name}`, name, search: '', is_shared, is_default, created_at: at, updated_at: at };
}

describe('the view that an address asks for', () => {
  const asked = (path: string, search = '', way: string | undefined = 'navigate') =>
    viewAskedFor({ path, search, way });

  it('is the default one for who comes by /home alone', () => {
    expect(asked('/home')).toBe('default');
    expect(asked('/')).toBe('default');
    expect(viewAskedFor({ path: '/home', search: '', way: undefined })).toBe('default');
    expect(asked('/home', '?utm=mail')).toBe('default');
    expect(asked('/home', '?range=24h')).toBeUndefined();
    expect(asked('/settings')).toBeUndefined();
  });

  it('is the one whose id it says and nothing else', () => {
    expect(asked('/home', '?view=view_x')).toBe('view_x');
    expect(asked('/home', '?view=view_x&q=a')).toBeUndefined();
    expect(asked('/home', '?view=view_x&e=evt_1')).toBeUndefined();
  });

  it('is none for those who go back, or load everything again', () => {
    expect(asked('/home', '', 'back_forward')).toBeUndefined();
    expect(asked('/home', '?view=view_x', 'reload')).toBeUndefined();
  });
});

describe('the default view', () => {
  it('is one’s own before the shared one', () => {
    const [shared, own, other] = [view('a', true, true), view('b', false, true), view('c', false, false)];
    expect(defaultOf([shared, other, own])).toBe(own);
    expect(defaultOf([other, shared])).toBe(shared);
    expect(defaultOf([other])).toBeUndefined();
  });
});
