import { describe, expect, it } from 'vitest';
import { capsOf, isApple } from './keys.js';

describe('capsOf', () => {
  it('shows keys as they stand on a keyboard', () => {
    expect(capsOf('j', false)).toEqual(['j']);
    expect(capsOf('ArrowUp', false)).toEqual(['↑']);
    expect(capsOf('Escape', false)).toEqual(['Esc']);
    expect(capsOf('g h', false)).toEqual(['g', 'h']);
    expect(capsOf(' ', false)).toEqual(['Space']);
  });

  it('knows ⌘ from Ctrl', () => {
    expect(capsOf('Mod+k', true)).toEqual(['⌘K']);
    expect(capsOf('Mod+k', false)).toEqual(['Ctrl K']);
    expect(capsOf('Mod+Shift+Enter', true)).toEqual(['⌘⇧Enter']);
    expect(capsOf('Mod+Shift+Enter', false)).toEqual(['Ctrl Shift Enter']);
  });
});

describe('isApple', () => {
  it('reads it off what the browser says of itself', () => {
    expect(isApple('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15')).toBe(true);
    expect(isApple('Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)')).toBe(true);
    expect(isApple('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36')).toBe(false);
    expect(isApple('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')).toBe(false);
  });
});
