import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setPreference } from '../../components/preferences.js';
import { ownerId } from './owner.js';

const refuse = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

beforeEach(() => {
  // Storage that is forbidden: what is set lasts as long as the page.
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
  setPreference('owner', undefined);
});
afterEach(() => void vi.unstubAllGlobals());

describe('the owner of personal views', () => {
  it('is drawn once', () => {
    const id = ownerId();
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(ownerId()).toBe(id);
  });

  it('is another one in another browser', () => {
    const id = ownerId();
    setPreference('owner', undefined);
    expect(ownerId()).not.toBe(id);
  });

  it('is what the reader has set, and drawn anew where the backend would refuse that', () => {
    setPreference('owner', 'a-team_of-one-person');
    expect(ownerId()).toBe('a-team_of-one-person');
    setPreference('owner', 'x" or 1');
    expect(ownerId()).toMatch(/^[0-9a-f]{32}$/);
  });
});
