/** Whoever is further away than this has no clock that helps anybody. */
const furthestMs = 24 * 60 * 60 * 1000;
/** An HTTP date names a second, not an instant in it. */
const secondMs = 999;

/** The instant that an answer's `Date` names, in milliseconds since 1970; undefined when it makes no sense. */
function dateOf(headers: Readonly<Record<string, string>>): number | undefined {
  // A cache says when the answer was made, which is not now.
  if (headers.date === undefined || Number(headers.age ?? 0) !== 0) return undefined;
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), .{11} \d{2}:\d{2}:\d{2} GMT$/.test(headers.date)) return undefined;
  const at = Date.parse(headers.date);
  return Number.isNaN(at) ? undefined : at;
}

/**
 * A server's clock, by the `Date` of its answers. An answer was dated somewhere between its question and its
 * arrival, which bounds how far the server's clock is ahead of ours; the estimate moves just far enough to lie within
 * the bounds. So a slow answer, which says little, moves it little, and clocks that agree are left alone.
 */
export class ServerClock {
  #aheadMs = 0;

  /** @param ours our clock, in milliseconds since 1970 */
  constructor(private readonly ours: () => number) {}

  now(): number {
    return this.ours() + this.#aheadMs;
  }

  /** Learns from an answer's headers; both instants are by our clock. */
  learn(headers: Readonly<Record<string, string>>, askedAt: number, answeredAt: number): void {
    const date = dateOf(headers);
    if (date === undefined || answeredAt < askedAt) return;
    if (Math.abs(date - answeredAt) > furthestMs) return;
    const least = date - answeredAt;
    const most = date + secondMs - askedAt;
    this.#aheadMs = Math.min(Math.max(this.#aheadMs, least), most);
  }
}
