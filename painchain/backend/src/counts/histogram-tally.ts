import { seriesMax } from './histogram-sql.js';

// Each has a count per bucket: so many fit into some megabytes.
const valuesMax = 2_000;

export interface Series {
  value: string | null;
  count: number;
}

/** What was counted in each bucket, and of it what has each of the most frequent values. */
export interface HistogramCounts {
  series: Series[];
  buckets: { count: number; values: number[] }[];
  /** Whether values were left out that might have been among the most frequent. */
  hasMoreValues: boolean;
}

export type HistogramRow = [bucket: number, value: string | null, count: number];

/** Adds up what the steps of a walk counted. Values beyond a number of them count in their buckets only. */
export class HistogramTally {
  readonly #totals: Uint32Array;
  readonly #values = new Map<string | null, Uint32Array>();
  #hasMoreValues = false;

  constructor(buckets: number) {
    this.#totals = new Uint32Array(buckets);
  }

  add(rows: readonly HistogramRow[], isSplit: boolean): void {
    for (const [bucket, value, count] of rows) {
      increase(this.#totals, bucket, count);
      const counts = isSplit && this.#countsOf(value);
      if (counts) increase(counts, bucket, count);
    }
  }

  counts(): HistogramCounts {
    const all = [...this.#values].map(([value, counts]) => ({ value, counts, count: sum(counts) }));
    const first = all.sort((a, b) => b.count - a.count || byValue(a.value, b.value)).slice(0, seriesMax);
    return {
      series: first.map(({ value, count }) => ({ value, count })),
      buckets: Array.from(this.#totals, (count, bucket) => ({
        count,
        values: first.map(({ counts }) => counts[bucket] ?? 0),
      })),
      hasMoreValues: this.#hasMoreValues,
    };
  }

  #countsOf(value: string | null): Uint32Array | undefined {
    let counts = this.#values.get(value);
    if (!counts && this.#values.size < valuesMax) {
      counts = new Uint32Array(this.#totals.length);
      this.#values.set(value, counts);
    }
    if (!counts) this.#hasMoreValues = true;
    return counts;
  }
}

function increase(counts: Uint32Array, bucket: number, count: number): void {
  counts[bucket] = (counts[bucket] ?? 0) + count;
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** No value comes last. */
function byValue(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
