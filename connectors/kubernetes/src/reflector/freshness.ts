import type { WatchEvent } from '../cluster/cluster.js';
import type { Mirror } from './reflector.js';

/** Who has heard nothing for longer than this, or could not listen, may hear of what is long past. */
const promptMs = 5_000;
/** Who has waited for so long at a stretch has read all that the server had to say. */
const drainedMs = 1_000;

/** Knows whether what a watch tells has only just happened. */
export class Freshness {
  #late: boolean;
  #asked: number | undefined;
  #got: number | undefined;
  /** For how long it has waited in all since nobody listened. */
  #waited = Infinity;

  constructor(
    heard: number,
    private readonly mirror: Pick<Mirror, 'cluster' | 'rhythm'>,
  ) {
    this.#late = mirror.cluster.now() - heard > promptMs;
  }

  asks(): void {
    this.#asked = this.mirror.rhythm.now();
    if (this.#got === undefined || this.#asked - this.#got <= promptMs) return;
    // While nobody listened it has piled up, bookmarks too.
    this.#late = true;
    this.#waited = 0;
  }

  /** Nothing has come, though it has listened. */
  getsNothing(): void {
    this.#got = this.mirror.rhythm.now();
  }

  /** Whether everything that has happened up to this instant has been told with this. */
  gets(event: WatchEvent | undefined): boolean {
    const now = this.mirror.rhythm.now();
    const waited = now - (this.#asked ?? now);
    this.#waited += waited;
    // What comes first may have waited for the connection only.
    const isDrained = this.#got !== undefined && waited > drainedMs;
    const isCaughtUp = event?.type === 'BOOKMARK' && this.#waited > drainedMs;
    if (isDrained || isCaughtUp) this.#late = false;
    this.#got = now;
    return !this.#late;
  }
}
