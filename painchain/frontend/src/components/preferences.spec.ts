import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { preference, setPreference, textList } from './preferences.js';

class MemoryStorage {
  readonly kept = new Map<string, string>();
  getItem(name: string): string | null {
    return this.kept.get(name) ?? null;
  }
  setItem(name: string, text: string): void {
    this.kept.set(name, text);
  }
  removeItem(name: string): void {
    this.kept.delete(name);
  }
}

const refuse = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

function storage(given: Partial<MemoryStorage> = {}): MemoryStorage {
  const made = Object.assign(new MemoryStorage(), given);
  vi.stubGlobal('localStorage', made);
  return made;
}

afterEach(() => {
  storage();
  for (const name of ['owner', 'single-keys'] as const) setPreference(name, undefined);
  vi.unstubAllGlobals();
});

describe('a preference', () => {
  it('is kept under a name of ours, and forgotten', () => {
    const { kept } = storage();
    setPreference('single-keys', 'off');
    expect(kept.get('painchain.single-keys')).toBe('off');
    expect(preference('single-keys')).toBe('off');
    setPreference('single-keys', undefined);
    expect(kept.size).toBe(0);
    expect(preference('single-keys')).toBeUndefined();
  });

  it('lasts as long as the page where the browser forbids storage', () => {
    storage({ getItem: refuse, setItem: refuse, removeItem: refuse });
    expect(preference('owner')).toBeUndefined();
    setPreference('owner', 'me');
    expect(preference('owner')).toBe('me');
    setPreference('owner', undefined);
    expect(preference('owner')).toBeUndefined();
  });

  it('is what was set last where there is no room left for it', () => {
    const { kept } = storage({ setItem: refuse });
    kept.set('painchain.owner', 'old');
    setPreference('owner', 'young');
    expect(preference('owner')).toBe('young');
  });

  it('is no longer there once another page has forgotten it', () => {
    const { kept } = storage();
    setPreference('owner', 'me');
    kept.clear();
    expect(preference('owner')).toBeUndefined();
  });
});

describe('textList', () => {
  it('reads what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        expect(textList(JSON.stringify(texts))).toEqual(texts);
      }),
    );
  });

  it('takes anything for a list, if an empty one', () => {
    expect(textList(undefined)).toEqual([]);
    expect(textList('["a", 1, null, {}, "b"]')).toEqual(['a', 'b']);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(textList(text).every((each) => typeof each === 'string')).toBe(true);
      }),
    );
  });
});
