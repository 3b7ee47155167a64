import { configObjectKinds } from './config-objects.js';
import { eventKinds } from './events.js';
import { gitopsKinds } from './gitops.js';
import { helmKinds } from './helm.js';
import type { Kind } from './kind.js';
import { nodeKinds } from './nodes.js';
import type { KindOptions } from './options.js';
import { podKinds } from './pods.js';
import { workloadKinds } from './workloads.js';

/** Every kind that can be watched, usual or not. */
export function allKinds(options: KindOptions): readonly Kind[] {
  return [
    ...workloadKinds(options),
    ...configObjectKinds(options),
    ...podKinds(options),
    ...nodeKinds(options),
    ...eventKinds(options),
    ...helmKinds(options),
    ...gitopsKinds(options),
  ];
}
