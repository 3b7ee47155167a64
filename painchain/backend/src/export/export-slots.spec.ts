import { describe, expect, it } from 'vitest';
import { ExportSlots } from './export-slots.js';

describe('the number of exports at a time', () => {
  it('is bounded for each tenant, and a place is free again when one is done', () => {
    const slots = new ExportSlots();
    const leave = [1, 2, 3, 4].map(() => slots.enter(1));
    expect(() => slots.enter(1)).toThrow(
      expect.objectContaining({ code: 'too-many-requests', retryAfterSeconds: 10 }),
    );
    expect(() => slots.enter(2)).not.toThrow();
    leave[0]?.();
    expect(() => slots.enter(1)).not.toThrow();
    expect(() => slots.enter(1)).toThrow();
  });

  it('is bounded for all together', () => {
    const slots = new ExportSlots();
    const leave = Array.from({ length: 8 }, (_, n) => slots.enter(n));
    expect(() => slots.enter(9)).toThrow(expect.objectContaining({ code: 'unavailable' }));
    leave[3]?.();
    expect(() => slots.enter(9)).not.toThrow();
  });

  it('is none any more once the process stops', () => {
    const slots = new ExportSlots();
    slots.close();
    expect(() => slots.enter(1)).toThrow(expect.objectContaining({ code: 'unavailable' }));
  });
});
