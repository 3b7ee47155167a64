import { describe, expect, it } from 'vitest';
import { columnsOf } from './column.js';

const faultOf = (names: string[]) => {
  try {
    columnsOf(names);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('added columns', () => {
  it('are each asked for once, by the very name that was written', () => {
    const columns = columnsOf(['env', 'data."a.b".c', 'env', 'environment']);
    expect(columns).toEqual([
      { name: 'env', field: { name: 'environment' } },
      { name: 'data."a.b".c', field: { name: 'data', path: ['a.b', 'c'] } },
      { name: 'environment', field: { name: 'environment' } },
    ]);
  });

  it('are refused where there is no such field, all of them at once, with what may have been meant', () => {
    expect(faultOf(['staus', 'actor', 'nonsense', 'data', '__proto__'])).toMatchObject({
      code: 'invalid',
      errors: [
        { pointer: '/fields', detail: 'there is no field "staus": did you mean status?' },
        { pointer: '/fields', detail: 'there is no field "nonsense"' },
        { pointer: '/fields', detail: expect.stringContaining('data.replicas.new') },
        { pointer: '/fields', detail: 'there is no field "__proto__"' },
      ],
    });
  });
});
