import type { Collect } from '@painchain/connector-sdk';
import type { Reflected } from '../reflector/reflector.js';

/** Shows how many objects the lists have told that are being read: that of a large cluster takes a while. */
export class ListProgress {
  /** By scope. */
  readonly #told = new Map<string, number>();

  constructor(private readonly run: Pick<Collect, 'progress'>) {}

  sees({ kind, scope }: Reflected): void {
    const told = this.#told.get(scope);
    if (kind === 'listing') this.#told.set(scope, 0);
    else if (kind === 'listed') this.#told.delete(scope);
    else if (kind === 'object' && told !== undefined) this.#told.set(scope, told + 1);
    else return;
    const done = [...this.#told.values()].reduce((sum, one) => sum + one, 0);
    this.run.progress(this.#told.size === 0 ? undefined : { done, total: null, unit: 'objects' });
  }
}
