import { describe, expect, it } from 'vitest';
import { changesIn, fieldDiff, type FoundChange } from './changes.js';

const told = (changes: FoundChange[]) =>
  changes.map(({ path, labels, before, after }) => [path, labels.join(' › '), before, after]);

describe('changesIn', () => {
  it('finds changes at any depth, in reading order, down to what differs', () => {
    const data = {
      replicas: { old: 1, new: 3 },
      spec: { strategy: { from: { surge: 1, type: 'a' }, to: { surge: 2, type: 'a' } } },
      items: [{ state: { previous: 'up', current: 'down' } }],
      why: 'because',
    };
    expect(told(changesIn(data))).toEqual([
      ['data.replicas.new', 'Replicas', 1, 3],
      ['data.spec.strategy.to.surge', 'Spec › Strategy › Surge', 1, 2],
      ['data.items.state.current', 'Items › 1 › State', 'up', 'down'],
    ]);
  });

  it('takes its order and its words from the hints', () => {
    const schema = { properties: { b: { title: 'Bee', 'x-painchain': { order: 1 } } } };
    const data = { a: { old: 1, new: 2 }, b: { old: 1, new: 2 } };
    expect(changesIn(data, schema).map(({ labels }) => labels)).toEqual([['Bee'], ['A']]);
  });

  it('finds two sides that stand among other keys', () => {
    expect(told(changesIn({ branch: 'main', before: 'a', after: 'b' }))).toEqual([
      ['data.after', 'Before and after', 'a', 'b'],
    ]);
    expect(changesIn({ from: 'ada', to: 'bob', subject: 'x' })).toEqual([]);
  });

  it('calls the items of a list of changes by what changed, and takes their sides whole', () => {
    const changes = [
      { field: 'repositories[acme/api].branch', old: null, new: 'main' },
      { field: 'labels', old: ['a'], new: ['a', 'b'] },
      { field: 'token', replaced: true },
      { path: 'spec.replicas', old: 3, new: 5 },
    ];
    expect(told(changesIn({ changes })).map(([, ...rest]) => rest)).toEqual([
      ['Changes › repositories[acme/api].branch', null, 'main'],
      ['Changes › labels', ['a'], ['a', 'b']],
      ['Changes › spec.replicas', 3, 5],
    ]);
  });

  it('takes a while for no change, and two equal sides neither', () => {
    const seen = { from: '2026-01-31T10:00:00Z', to: '2026-01-31T10:05:00Z' };
    expect(changesIn({ seen_between: seen })).toEqual([]);
    expect(changesIn({ archived_at: seen })).toHaveLength(1);
    expect(changesIn({ a: { old: { b: [1] }, new: { b: [1] } } })).toEqual([]);
  });

  it('stops at two hundred', () => {
    const many = Array.from({ length: 300 }, (_, index) => [`k${index}`, { old: 1, new: 2 }]);
    expect(changesIn(Object.fromEntries(many) as Record<string, { old: number; new: number }>)).toHaveLength(
      200,
    );
  });
});

describe('fieldDiff', () => {
  it('names the leaves that differ, came or went', () => {
    const before = { a: 1, same: { x: [1] }, gone: true, deep: { b: 'x' } };
    const after = { a: 2, same: { x: [1] }, deep: { b: 'y' }, came: { whole: 1 } };
    expect(told(fieldDiff(before, after))).toEqual([
      ['data.a', 'A', 1, 2],
      ['data.gone', 'Gone', true, null],
      ['data.deep.b', 'Deep › B', 'x', 'y'],
      ['data.came', 'Came', null, { whole: 1 }],
    ]);
  });

  it('knows the items of a list by what they are called, wherever they stand', () => {
    const before = {
      containers: [
        { name: 'api', image: 'a:1' },
        { name: 'log', image: 'l:1' },
      ],
    };
    const after = {
      containers: [
        { name: 'new', image: 'n:1' },
        { name: 'api', image: 'a:2' },
      ],
    };
    expect(told(fieldDiff(before, after))).toEqual([
      ['data.containers.image', 'Containers › api › Image', 'a:1', 'a:2'],
      ['data.containers', 'Containers › log', { name: 'log', image: 'l:1' }, null],
      ['data.containers', 'Containers › new', null, { name: 'new', image: 'n:1' }],
    ]);
  });

  it('compares items without a name by their places, and other lists as a whole', () => {
    expect(told(fieldDiff({ a: [{ x: 1 }, { x: 2 }] }, { a: [{ x: 1 }, { x: 3 }] }))).toEqual([
      ['data.a.x', 'A › 2 › X', 2, 3],
    ]);
    expect(told(fieldDiff({ a: [{ x: 1 }] }, { a: [{ x: 1 }, { x: 1 }] }))).toHaveLength(1);
    expect(told(fieldDiff({ a: ['x'] }, { a: ['x', 'y'] }))).toEqual([['data.a', 'A', ['x'], ['x', 'y']]]);
  });
});
