import type { StreamMessage, TimelineRow } from '@painchain/contract';

/** What the tail is doing. `polling`: the stream fails, so the newest page is asked for every ten seconds. */
export type TailState = 'connecting' | 'live' | 'polling' | 'hidden';

export type TailEvents = {
  rows(rows: TimelineRow[]): void;
  /** The stream can't be continued from the cursor: load the page anew. */
  reset(): void;
  lag(seconds: number): void;
  state(state: TailState): void;
};

type Source = Pick<EventTarget, 'addEventListener'> & { close(): void };

export type TailOptions = {
  /** The stream's address that continues from this cursor. */
  address(cursor: string): string;
  cursor: string;
  events: TailEvents;
  /** Asks for the newest rows while the stream fails. */
  poll(): Promise<TimelineRow[]>;
  open?: (address: string) => Source;
  pollEveryMs?: number;
};

const failuresBeforePolling = 3;
const longestWaitMs = 10_000;

/**
 * The live tail over SSE. It reconnects by itself, from the last cursor that it saw, and never twice at once: the
 * browser's own reconnect gives up for good after an answer such as a gateway's 502.
 */
export class LiveTail {
  private source: Source | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private poller: ReturnType<typeof setInterval> | undefined;
  private failures = 0;
  private cursor: string;
  private stopped = false;

  constructor(private readonly options: TailOptions) {
    this.cursor = options.cursor;
  }

  /** Connects; also after `pause`, from where it was. */
  start(): void {
    if (this.stopped || this.source) return;
    clearTimeout(this.retry);
    if (this.failures < failuresBeforePolling) this.options.events.state('connecting');
    const source = (this.options.open ?? openEventSource)(this.options.address(this.cursor));
    this.source = source;
    source.addEventListener('open', () => this.opened(source));
    source.addEventListener('error', () => this.failed(source));
    for (const kind of ['rows', 'reset', 'lag'] as const) {
      source.addEventListener(kind, (event) => this.received(source, event as MessageEvent<string>));
    }
  }

  /** Closes the stream while nobody looks. */
  pause(): void {
    this.disconnect();
    this.options.events.state('hidden');
  }

  stop(): void {
    this.stopped = true;
    this.disconnect();
  }

  private disconnect(): void {
    this.source?.close();
    this.source = undefined;
    clearTimeout(this.retry);
    clearInterval(this.poller);
    this.poller = undefined;
  }

  private opened(source: Source): void {
    if (source !== this.source) return;
    this.failures = 0;
    clearInterval(this.poller);
    this.poller = undefined;
    this.options.events.state('live');
  }

  private failed(source: Source): void {
    if (source !== this.source) return;
    source.close();
    this.source = undefined;
    this.failures += 1;
    if (this.failures >= failuresBeforePolling) this.startPolling();
    else this.options.events.state('connecting');
    const waitMs = Math.min(longestWaitMs, 500 * 2 ** this.failures);
    this.retry = setTimeout(() => this.start(), waitMs);
  }

  private received(source: Source, event: MessageEvent<string>): void {
    if (source !== this.source) return;
    const message = parseMessage(event.data);
    if (!message) return;
    if (event.lastEventId !== '') this.cursor = event.lastEventId;
    if (message.kind === 'rows') this.options.events.rows(message.rows);
    else if (message.kind === 'lag') this.options.events.lag(message.lag_seconds);
    else {
      this.stop();
      this.options.events.reset();
    }
  }

  private startPolling(): void {
    if (this.poller) return;
    this.options.events.state('polling');
    const ask = () => {
      this.options.poll().then(
        (rows) => this.poller && this.options.events.rows(rows.toReversed()),
        // The next poll may succeed, and the page says by itself when the backend is gone.
        () => undefined,
      );
    };
    this.poller = setInterval(ask, this.options.pollEveryMs ?? 10_000);
    ask();
  }
}

function openEventSource(address: string): Source {
  return new EventSource(address);
}

function parseMessage(data: string): StreamMessage | undefined {
  try {
    return JSON.parse(data) as StreamMessage;
  } catch {
    return undefined;
  }
}
