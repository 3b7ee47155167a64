import { preference, setPreference } from '../../components/preferences.js';

const bytes = 16;
const valid = /^[A-Za-z0-9_-]{16,64}$/;

/** Whose personal views this browser sees and makes: an id that it draws once and keeps. */
export function ownerId(): string {
  const kept = preference('owner');
  if (kept !== undefined && valid.test(kept)) return kept;
  const drawn = [...crypto.getRandomValues(new Uint8Array(bytes))];
  const id = drawn.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  setPreference('owner', id);
  return id;
}
