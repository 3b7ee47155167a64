import { type LookMemory, toCursor } from '../rounds/cursor.js';

const at = '2026-11-24T10:00:00.000Z';

/** The looks, by their names, for whose states there is no room where one cursor has to hold all of these. */
export function withoutRoom(states: Readonly<Record<string, unknown>>): string[] {
  const look = (state: unknown): LookMemory => ({ started: at, beginning: at, asked: at, state });
  const looks = new Map(Object.entries(states).map(([name, state]) => [name, look(state)]));
  const forgotten: string[] = [];
  toCursor({ thing: { id: 7, fullName: 'acme/shop/api' }, started: at, looks }, at, (name) =>
    forgotten.push(name),
  );
  return forgotten;
}
