import type { JsonValue } from '@painchain/contract';
import type { Clock } from '../clock.js';
import type { Source } from '../connector.js';
import { runSourceOnce } from './run-source-once.js';

/** A source under watch: its rounds one after the other, and its cursor as a backend would keep it. */
export class SourceScene<Watched extends Source> {
  cursor: JsonValue = null;
  watermark: string | null = null;
  source: Watched;

  /**
   * @param open makes the source, as each process does anew
   * @param ended called behind each round
   */
  constructor(
    private readonly open: () => Watched,
    private readonly ended: () => void,
  ) {
    this.source = open();
  }

  restarted(): Watched {
    this.source = this.open();
    return this.source;
  }

  async round(clock?: Clock) {
    const run = await runSourceOnce(this.#remembering(), {
      ...(clock && { clock }),
      cursor: this.cursor,
      ...(this.watermark !== null && { watermark: this.watermark }),
    });
    this.ended();
    return run;
  }

  /** What a backend has of a run that broke off stays. */
  #remembering(): Source {
    const { source } = this;
    const keep = (page: { cursor?: JsonValue | undefined; watermark?: string | undefined }) => {
      this.cursor = page.cursor ?? this.cursor;
      this.watermark = page.watermark ?? this.watermark;
    };
    return {
      name: source.name,
      project: source.project,
      intervalSeconds: source.intervalSeconds,
      async *collect(run) {
        for await (const page of source.collect(run)) {
          keep(page);
          yield page;
        }
      },
    };
  }
}
