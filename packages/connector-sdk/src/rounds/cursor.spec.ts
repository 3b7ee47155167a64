import { randomBytes } from 'node:crypto';
import type { JsonValue } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LookMemory, type Memory, fromCursor, toCursor } from './cursor.js';

const at = '2026-11-24T10:00:00.000Z';

function memoryOf(looks: Record<string, LookMemory>): Memory {
  return {
    thing: { id: 7, fullName: 'acme/api' },
    started: at,
    looks: new Map(Object.entries(looks)),
  };
}

const look = (state: unknown): LookMemory => ({ started: at, beginning: at, asked: at, state });
const unexpected = () => expect.unreachable('nothing has to be forgotten');

describe('the cursor of what is looked at', () => {
  it('gives back what was put into it, whatever the looks remember', () => {
    const state = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), state), (states) => {
        delete states.__proto__;
        const memory = memoryOf(
          Object.fromEntries(Object.entries(states).map(([name, value]) => [name, look(value)])),
        );
        expect(fromCursor(toCursor(memory, at, unexpected))).toEqual(memory);
      }),
    );
  });

  it('is read without a throw, whatever stands there', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (anything, looks) => {
        fromCursor(anything as JsonValue);
        const whole = { v: 1, repository: { id: 7, fullName: 'acme/api' }, started: at, looks };
        const read = fromCursor(whole as JsonValue);
        expect(read === undefined || read.thing.id === 7).toBe(true);
      }),
    );
  });

  it('stays as installations have it', () => {
    const kept = { started: at, beginning: at, asked: at };
    const written = {
      v: 1,
      repository: { id: 7, fullName: 'acme/api' },
      started: at,
      looks: { tags: { ...kept, state: { tags: 'AAAA', told: [] } }, pulls: { ...kept, forgot: true } },
    } as const;
    const memory = fromCursor(written as unknown as JsonValue);
    expect(memory && toCursor(memory, at, unexpected)).toEqual(written);
  });

  it('is packed where it would be too large as it is, and read all the same', () => {
    const heads = Array.from({ length: 4_000 }, (_, index) => [index, 'open']);
    const memory = memoryOf({ pulls: look(heads), runs: look(heads) });
    const cursor = toCursor(memory, at, unexpected);
    expect(JSON.stringify(memory.looks.get('pulls')).length * 2).toBeGreaterThan(64 * 1024);
    expect(JSON.stringify(cursor).length).toBeLessThan(60 * 1024);
    expect(fromCursor(cursor)).toEqual(memory);
    expect(fromCursor({ v: 1, packed: 'AAAA' })).toBeUndefined();
  });

  it('lets the largest give way until it fits, and no other', () => {
    const noise = (bytes: number) => randomBytes(bytes).toString('base64');
    const memory = memoryOf({
      small: look('kept'),
      large: look(noise(30_000)),
      larger: look(noise(40_000)),
    });
    const forgotten: string[] = [];
    const cursor = toCursor(memory, at, (name) => void forgotten.push(name));
    expect(forgotten).toEqual(['larger']);
    expect(JSON.stringify(cursor).length).toBeLessThan(60 * 1024);
    const read = fromCursor(cursor)?.looks;
    expect(read?.get('small')).toEqual(look('kept'));
    expect(read?.get('larger')).toMatchObject({ beginning: at, forgot: true });
    expect(read?.get('larger')?.state).toBeUndefined();
  });
});
