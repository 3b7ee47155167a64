type Path = readonly (string | number)[];

/** What stands in no payload: that something is left out. */
export const gone = Symbol('gone');

/** Every place in a payload, the deepest last. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

function changedAt(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to === gone ? undefined : to;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    if (name !== String(key)) return [[name, inner] as const];
    if (rest.length === 0 && to === gone) return [];
    return [[name, changedAt(inner, rest, to)] as const];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/**
 * A payload with a few places of it hurt: something else, or nothing, stands there. Half of the blows spare what most of
 * every payload is made of, which `spared` names.
 */
export function mutilate(
  payload: unknown,
  blows: readonly (readonly [place: number, to: unknown])[],
  spared: readonly string[],
): unknown {
  let hurt = payload;
  for (const [place, to] of blows) {
    const paths = pathsIn(hurt).filter(([first]) => place % 2 === 0 || !spared.includes(String(first)));
    hurt = changedAt(hurt, paths[place % paths.length] ?? [], to);
  }
  return hurt;
}
