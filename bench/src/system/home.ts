import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigurationError } from '@painchain/runtime';
import { type Year, yearUntil } from '../data/year.js';

interface Note {
  events: number;
  /** When the year of the events ends. */
  until: string;
  loaded: boolean;
}

/** The folder that everything of a run is in: gone after it, unless it is kept. */
export class Home {
  readonly folder: string;
  readonly #note: string;

  /** @throws ConfigurationError when the folder is not ours or holds another number of events. */
  constructor(
    private readonly keep: string | undefined,
    private readonly events: number,
  ) {
    this.folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'painchain-bench-')) : resolve(keep);
    this.#note = join(this.folder, 'bench.json');
    if (keep !== undefined) this.#claim();
    mkdirSync(this.#in('logs'), { recursive: true, mode: 0o700 });
  }

  get postgres(): string {
    return this.#in('postgres');
  }
  get data(): string {
    return this.#in('data');
  }
  log(name: string): string {
    return join(this.#in('logs'), `${name}.log`);
  }

  /** The year that the events of a loaded database lie in. */
  get loadedYear(): Year | undefined {
    const note = this.#read();
    return note?.loaded ? yearUntil(new Date(note.until)) : undefined;
  }
  setLoaded(year: Year): void {
    this.#write(year.to.toISOString(), true);
  }

  remove(): void {
    if (this.keep === undefined) rmSync(this.folder, { recursive: true, force: true });
  }

  #claim(): void {
    const note = this.#read();
    const refuse = (fault: string): never => {
      throw new ConfigurationError([{ where: '--keep', fault: `${this.folder} ${fault}` }]);
    };
    if (!note && existsSync(this.postgres))
      refuse('holds a database that is not of a bench: name another one');
    if (note?.loaded) {
      if (note.events !== this.events)
        refuse(`holds ${note.events} events: name another folder, or --events`);
      return;
    }
    // What an interrupted run left there can't be continued.
    for (const path of [this.postgres, this.data]) rmSync(path, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.#write('', false);
  }

  #in(name: string): string {
    return join(this.folder, name);
  }
  #read(): Note | undefined {
    return existsSync(this.#note) ? (JSON.parse(readFileSync(this.#note, 'utf8')) as Note) : undefined;
  }
  #write(until: string, loaded: boolean): void {
    writeFileSync(this.#note, JSON.stringify({ events: this.events, until, loaded } satisfies Note));
  }
}
