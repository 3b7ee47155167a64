import { keepNode } from '../translate/kept-node.js';
import { translateNode } from '../translate/node.js';
import type { Kind } from './kind.js';
import type { KindOptions } from './options.js';
import { redaction } from './redaction.js';

/** The machines of a cluster. */
export function nodeKinds(options: KindOptions): Kind[] {
  const hide = redaction(options);
  return [
    {
      name: 'Node',
      resources: [{ groupVersion: 'v1', plural: 'nodes', namespaced: false }],
      usual: true,
      keep: (object, before) => keepNode(hide(object), before),
      translate: translateNode,
    },
  ];
}
