import type { Kind } from './kind.js';
import type { KindOptions } from './options.js';
import { workloadKinds } from './workloads.js';

/** Every kind that can be watched, usual or not. */
export function allKinds(options: KindOptions): readonly Kind[] {
  return [...workloadKinds(options)];
}
