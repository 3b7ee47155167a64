import type { Collect } from '@painchain/connector-sdk';
import { expect, it } from 'vitest';
import { ListProgress } from './list-progress.js';

it('lists show how many objects they have told, together, until the last of them is read', () => {
  const shown: (number | undefined)[] = [];
  const progress = new ListProgress({
    progress: (now: Parameters<Collect['progress']>[0]) => shown.push(now?.done),
  });
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { uid: 'u', name: 'a', resourceVersion: '1' },
  };
  const listed = { kind: 'listed', resourceVersion: '1', heard: 0 } as const;
  progress.sees({ kind: 'listing', scope: 'shop' });
  progress.sees({ kind: 'object', scope: 'shop', object });
  progress.sees({ kind: 'listing', scope: 'data' });
  progress.sees({ kind: 'listing', scope: 'shop' });
  progress.sees({ kind: 'object', scope: 'shop', object });
  progress.sees({ ...listed, scope: 'shop' });
  progress.sees({ kind: 'object', scope: 'shop', object, heard: 0 });
  progress.sees({ kind: 'object', scope: 'data', object });
  progress.sees({ ...listed, scope: 'data' });
  progress.sees({ kind: 'listing', scope: 'shop' });
  expect(shown).toEqual([0, 1, 1, 0, 1, 0, 1, undefined, 0]);
});
