import type { JsonValue, Source } from '@painchain/connector-sdk';
import { type SourceRun, runSourceOnce } from '@painchain/connector-sdk/testing';
import { GitConfig, readSurroundings } from '../config.js';
import { repositorySources } from '../source.js';

type Given = Parameters<typeof GitConfig.parse>[0];

/** The only source of a configuration, as the connector would make it. */
export async function sourceFor(
  repository: Record<string, unknown>,
  dataDir: string,
  options: { config?: object; env?: Record<string, string> } = {},
): Promise<Source> {
  const given: Given = { repositories: [repository], ...options.config };
  const context = { dataDir, signal: new AbortController().signal };
  const surroundings = readSurroundings({ PATH: process.env.PATH, HOME: '/nonexistent', ...options.env });
  const [source] = await repositorySources(GitConfig.parse(given), context, surroundings);
  if (source === undefined) throw new Error('no source');
  return source;
}

/** Looks at a source again and again, as the SDK would, and keeps what a backend would keep. */
export class Watch {
  cursor: JsonValue = null;
  watermark: string | undefined;
  /** By key: what a backend has stored. */
  readonly events = new Map<string, SourceRun['events'][number]>();
  /** Titles of events that came under a key that was known. */
  readonly repeated: string[] = [];

  constructor(readonly source: Source) {}

  /** One look, or the first pages of it: what a process that is killed behind them has delivered. */
  async look(options: { pages?: number } = {}): Promise<SourceRun> {
    const run = await runSourceOnce(this.source, {
      connector: 'git',
      cursor: this.cursor,
      ...(this.watermark !== undefined && { watermark: this.watermark }),
      ...options,
    });
    this.cursor = run.cursor;
    this.watermark = run.watermark ?? undefined;
    for (const event of run.events) {
      const key = event.key ?? '';
      if (this.events.has(key)) this.repeated.push(`${event.type}: ${event.title}`);
      this.events.set(key, event);
    }
    return run;
  }
}

/** What a reader would see of some events, in a word each. */
export function told(events: SourceRun['events']): string[] {
  return events.map(({ type, title }) => `${type}: ${title}`);
}
