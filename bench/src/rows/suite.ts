import type pg from 'pg';
import type { Measured } from '../measure/row.js';
import type { Year } from '../data/year.js';
import type { Memory } from '../system/memory.js';
import type { Stage } from '../system/stage.js';

/** What a measurement works with: the loaded database, served by the real backend. */
export interface Suite {
  stage: Stage;
  /** The owner's connection, for references. */
  sql: pg.Client;
  events: number;
  year: Year;
  memoryBefore: Memory;
  say: (line: string) => void;
}

/** Its name is what `--only` asks for. */
export interface Measurement {
  name: string;
  /** False where it brings its own data, so that the year of events may be missing. */
  needsLoad?: false;
  run(suite: Suite): Promise<Measured[]>;
}
