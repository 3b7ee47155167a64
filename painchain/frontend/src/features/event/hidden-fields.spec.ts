import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf, readHidden, withHidden, withShown, writeHidden } from './hidden-fields.js';

const rollout = kindOf({ connector: 'cluster', type: 'rollout' });
const untyped = kindOf({ connector: 'cluster', type: null });

describe('hidden fields', () => {
  it('are kept for a type of event of a connector, and read back as they were', () => {
    const hidden = withHidden(
      withHidden(withHidden(readHidden(undefined), rollout, 'data.a.b'), untyped, 'key'),
      rollout,
      'project',
    );
    expect(JSON.parse(writeHidden(hidden) ?? '')).toEqual({
      'cluster/rollout': ['data.a.b', 'project'],
      'cluster/': ['key'],
    });
    expect(readHidden(writeHidden(hidden))).toEqual(hidden);
  });

  it('are shown again one by one, or all of a type; then nothing is stored', () => {
    const hidden = withHidden(withHidden(readHidden('{}'), rollout, 'key'), rollout, 'project');
    expect(withShown(hidden, rollout, 'key').get(rollout)).toEqual(['project']);
    expect(withShown(hidden, untyped)).toEqual(hidden);
    expect(writeHidden(withShown(hidden, rollout))).toBeUndefined();
    expect(writeHidden(withShown(withShown(hidden, rollout, 'key'), rollout, 'project'))).toBeUndefined();
  });

  it.each(['', 'null', '[]', '7', '{"a/b":7,"c/d":{"e":1},"e/f":[]}', '{"a/b":[null,"",7]}', '{oops'])(
    'are none where %j is stored',
    (text) => {
      expect(readHidden(text).size).toBe(0);
    },
  );

  it('keep what makes sense of anything that is stored, and never grow without bound', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), fc.string(), (text, kind, field) => {
        const hidden = withHidden(readHidden(text), kind, field);
        expect(readHidden(writeHidden(hidden))).toEqual(hidden);
      }),
    );
    let many = readHidden(undefined);
    for (let n = 0; n < 250; n += 1) many = withHidden(many, rollout, `data.f${n}`);
    expect(many.get(rollout)).toHaveLength(200);
    expect(many.get(rollout)?.at(-1)).toBe('data.f249');
    for (let n = 0; n < 250; n += 1) many = withHidden(many, `kind/${n}`, 'key');
    expect(many.size).toBe(200);
    expect(many.get('kind/249')).toEqual(['key']);
  });

  it('are not mistaken for what every object has', () => {
    const hidden = withHidden(readHidden('{"__proto__":["x"]}'), '__proto__', 'y');
    expect(hidden.get('__proto__')).toEqual(['x', 'y']);
    expect(readHidden(writeHidden(hidden))).toEqual(hidden);
  });
});
