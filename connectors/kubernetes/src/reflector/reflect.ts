import { setMaxListeners } from 'node:events';
import type { Scope } from '../cluster/cluster.js';
import { merge } from './merge.js';
import { reflectScope } from './reflect-scope.js';
import { type Mirror, type Position, type Reflected, scopeName } from './reflector.js';

/**
 * Tells what there is in some scopes of a kind and what becomes of it: it watches from where a scope is known, and lists
 * where it is not, or no longer. It goes on through whatever passes by itself, holds nothing but what it is telling, and
 * asks for more only once that is taken.
 *
 * @throws SourceError what only a human can help with, such as a missing right, at once, and what has not passed by
 * itself for a minute: so it is seen. It can be begun again from where it came to.
 */
export async function* reflect(
  scopes: readonly Scope[],
  from: Readonly<Record<string, Position>>,
  { cluster, rhythm, signal }: Mirror,
): AsyncGenerator<Reflected, void, void> {
  const ended = new AbortController();
  const mirror = { cluster, rhythm, signal: AbortSignal.any([signal, ended.signal]) };
  // Each scope listens to it.
  setMaxListeners(0, mirror.signal);
  try {
    yield* merge(scopes.map((scope) => reflectScope(scope, from[scopeName(scope)], mirror)));
  } finally {
    ended.abort();
  }
}
