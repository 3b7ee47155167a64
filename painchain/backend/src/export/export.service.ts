import { Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ExportQuery, TimelineRow } from '@painchain/contract';
import { print } from '@painchain/query';
import { Clock } from '../config/clock.js';
import { ProblemError } from '../problem/problem-error.js';
import { asQuery } from '../query/as-query.js';
import { AllEventsService } from '../timeline/all-events.service.js';
import { ExportSlots } from './export-slots.js';
import { fileName } from './file-name.js';
import { csv } from './formats/csv.js';
import type { Asked, Format } from './formats/format.js';
import { localClock } from './formats/local-clock.js';
import { markdown } from './formats/markdown.js';
import { ndjson } from './formats/ndjson.js';

export interface ExportFile {
  name: string;
  media: string;
  /** Whoever does not read it to its end destroys it. */
  content: Readable;
}

const longestMs = 10 * 60 * 1_000;

/** Events as files, read page by page while somebody takes them. */
@Injectable()
export class ExportService implements OnModuleDestroy {
  readonly #slots = new ExportSlots();
  readonly #open = new Set<Readable>();

  constructor(
    private readonly events: AllEventsService,
    private readonly clock: Clock,
  ) {}

  /** The file once its first page was read, so that whatever is wrong with the request is known by then. */
  async open(tenantId: number, query: ExportQuery): Promise<ExportFile> {
    const asked = this.#asked(query);
    const leave = this.#slots.enter(tenantId);
    try {
      return await this.#start(tenantId, query, asked, leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** A file that breaks off tells whoever gets it that it is not whole. */
  onModuleDestroy(): void {
    this.#slots.close();
    for (const content of this.#open) content.destroy(new Error('the process stops'));
  }

  #asked({ fields, at, zone, ...filter }: ExportQuery): Asked {
    const { from, to, format: _format, ...conditions } = filter;
    const clock = localClock(zone);
    if (!clock) {
      throw new ProblemError(
        'invalid',
        'The time zone is not known: use a name such as Europe/Berlin or UTC.',
        { errors: [{ pointer: '/zone', detail: `there is no time zone ${JSON.stringify(zone)}` }] },
      );
    }
    const now = this.clock.now().toISOString();
    return { query: print(asQuery(conditions)), from, to, fields: [...new Set(fields)], at, clock, now };
  }

  #start(tenantId: number, query: ExportQuery, asked: Asked, leave: () => void): Promise<ExportFile> {
    const { format, at: _at, zone: _zone, ...all } = query;
    switch (format) {
      case 'csv':
        return this.#file(csv, this.events.rows(tenantId, { ...all, order: 'newest' }), asked, leave);
      case 'ndjson':
        return this.#file(ndjson, this.events.events(tenantId, { ...all, order: 'newest' }), asked, leave);
      case 'markdown':
        return this.#file(markdown, this.events.rows(tenantId, { ...all, order: 'oldest' }), asked, leave);
    }
  }

  async #file<Row extends TimelineRow>(
    { media, extension, write }: Format<Row>,
    pages: AsyncGenerator<Row[]>,
    asked: Asked,
    leave: () => void,
  ): Promise<ExportFile> {
    const first = await pages.next();
    // One piece is ready at most, and the next is only made when that was taken.
    const content = Readable.from(write(resumed(first, pages), asked), { highWaterMark: 1 });
    const timer = setTimeout(() => content.destroy(new Error('the export took too long')), longestMs);
    this.#open.add(content);
    // Whoever sends it hears of its errors; before there is anybody, they are nobody's.
    content.on('error', () => undefined);
    content.once('close', () => {
      clearTimeout(timer);
      this.#open.delete(content);
      leave();
    });
    return { name: fileName(asked, extension), media, content };
  }
}

async function* resumed<Row>(
  first: IteratorResult<Row[]>,
  rest: AsyncGenerator<Row[]>,
): AsyncGenerator<Row[]> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
