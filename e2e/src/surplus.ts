/** What is in `these` more often than in `those`. */
export function surplus(these: readonly string[], those: readonly string[]): string[] {
  const left = [...those];
  return these.filter((line) => {
    const place = left.indexOf(line);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}
