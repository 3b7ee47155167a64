/** What several generators give, as it comes. Each is asked for more only once what it gave has been taken. */
export async function* merge<T>(
  generators: readonly AsyncGenerator<T, void, void>[],
): AsyncGenerator<T, void, void> {
  type Given = { from: AsyncGenerator<T, void, void>; next: Promise<IteratorResult<T, void>> };
  const given: Given[] = [];
  let wake: () => void = () => undefined;
  const ask = (from: AsyncGenerator<T, void, void>) => {
    const next = from.next();
    const arrived = () => {
      given.push({ from, next });
      wake();
    };
    next.then(arrived, arrived);
  };
  generators.forEach(ask);
  let running = generators.length;
  try {
    while (running > 0) {
      const first = given.shift();
      if (first === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const next = await first.next;
      if (next.done) running -= 1;
      else {
        yield next.value;
        ask(first.from);
      }
    }
  } finally {
    // Not waited for: one that waits for its server ends only behind that.
    for (const generator of generators) void generator.return().catch(() => undefined);
  }
}
