/** The labels of a thing that several entries mean. */
export function joinedTags(tags: readonly string[] = [], more: readonly string[] = []): string[] | undefined {
  const all = [...new Set([...tags, ...more])];
  return all.length === 0 ? undefined : all;
}
