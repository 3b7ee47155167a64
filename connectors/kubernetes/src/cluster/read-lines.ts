const newline = 0x0a;

/** The part of an answer that is one line, in pieces, as long as its end has not come. */
class Unfinished {
  #pieces: Uint8Array[] = [];
  #size = 0;

  constructor(private readonly maxBytes: number) {}

  /** @throws RangeError when the line is longer than is allowed. */
  add(piece: Uint8Array): void {
    this.#size += piece.byteLength;
    if (this.#size > this.maxBytes) throw new RangeError(`a line is longer than ${this.maxBytes} bytes`);
    if (piece.byteLength > 0) this.#pieces.push(piece);
  }

  /** The line, decoded as a whole: a letter may stand in two pieces. */
  take(): string {
    const line = Buffer.concat(this.#pieces, this.#size).toString('utf8');
    this.#pieces = [];
    this.#size = 0;
    return line;
  }
}

/**
 * The lines of an answer, without empty ones. What stands behind the last line break is no line: the answer was cut
 * there.
 *
 * @throws RangeError when a line is longer than `maxBytes`, without waiting for its end.
 */
export async function* readLines(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<string, void, void> {
  const unfinished = new Unfinished(maxBytes);
  for await (const piece of body) {
    let begin = 0;
    for (let end = piece.indexOf(newline); end >= 0; end = piece.indexOf(newline, begin)) {
      unfinished.add(piece.subarray(begin, end));
      begin = end + 1;
      const line = unfinished.take();
      if (line.trim() !== '') yield line;
    }
    unfinished.add(piece.subarray(begin));
  }
}
