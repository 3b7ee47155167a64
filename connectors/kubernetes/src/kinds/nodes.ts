import { keepNode } from '../translate/kept-node.js';
import { translateNode } from '../translate/node.js';
import type { Kind } from './kind.js';
import type { KindOptions } from './options.js';

/** The machines of a cluster. */
export function nodeKinds(_options: KindOptions): Kind[] {
  return [
    {
      name: 'Node',
      resources: [{ groupVersion: 'v1', plural: 'nodes', namespaced: false }],
      usual: true,
      keep: keepNode,
      translate: translateNode,
    },
  ];
}
