/** Whether `pattern` matches all of `name`: `*` any characters, slashes included, `?` exactly one. Linear, no RegExp. */
function matchesGlob(pattern: string, name: string): boolean {
  let [p, n, star, resume] = [0, 0, -1, 0];
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Whether a name, such as a branch's, matches any of the patterns. Without patterns every name does. */
export function matchesPatterns(name: string, patterns: readonly string[] | undefined): boolean {
  return patterns === undefined || patterns.some((pattern) => matchesGlob(pattern, name));
}

/** Whether a name matches one of the patterns, as forges compare names: in any case. */
export function matchesInAnyCase(name: string, patterns: readonly string[] | undefined): boolean {
  const lowered = patterns?.map((pattern) => pattern.toLowerCase());
  return matchesPatterns(name.toLowerCase(), lowered);
}
