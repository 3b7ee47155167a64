/** Out of a process's JSON log: the lines that people should see, each at most once a minute. */
export class CalmReport {
  readonly #saidAt = new Map<string, number>();

  constructor(
    private readonly say: (line: string) => void,
    private readonly now: () => number = Date.now,
  ) {}

  read(name: string, line: string): void {
    const message = warningIn(line);
    if (message === undefined) return;
    const text = `${name}: ${message}`;
    const now = this.now();
    for (const [said, at] of this.#saidAt) if (now - at >= 60_000) this.#saidAt.delete(said);
    if (this.#saidAt.has(text)) return;
    this.#saidAt.set(text, now);
    this.say(text);
  }
}

const warn = 40;
const levels: Record<string, number> = { warn: 40, error: 50, fatal: 60 };

function warningIn(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { level, msg } = JSON.parse(line) as { level?: number | string; msg?: string };
    const severity = typeof level === 'string' ? (levels[level] ?? 0) : (level ?? 0);
    if (severity < warn || typeof msg !== 'string') return undefined;
    const firstLine = msg.split('\n')[0] ?? '';
    return firstLine.length > 300 ? `${firstLine.slice(0, 299)}…` : firstLine;
  } catch {
    return undefined;
  }
}
