/** The wish to stop, from the terminal or the system; a second one is impatience. */
export interface StopSignals {
  signal: AbortSignal;
  stopped: Promise<void>;
  readonly hurry: boolean;
  onSecond(act: () => void): void;
}

/** npm passes on the Ctrl-C that the terminal has already given us: one wish, told twice. */
const sameWishMs = 500;

export function listenForStop(): StopSignals {
  const controller = new AbortController();
  const acts: (() => void)[] = [];
  let firstAt = 0;
  let hurry = false;
  const hear = () => {
    if (!controller.signal.aborted) {
      firstAt = Date.now();
      controller.abort();
    } else if (Date.now() - firstAt > sameWishMs && !hurry) {
      hurry = true;
      for (const act of acts) act();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, hear);
  return {
    signal: controller.signal,
    stopped: new Promise((resolve) =>
      controller.signal.addEventListener('abort', () => resolve(), { once: true }),
    ),
    get hurry() {
      return hurry;
    },
    onSecond: (act) => acts.push(act),
  };
}
