import { isAbsolute, relative } from 'node:path';

/** A path as people would type it from the repository. */
export function shownPath(root: string, path: string): string {
  const inside = relative(root, path);
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}
