import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from './read-lines.js';

async function* inPieces(bytes: Uint8Array, cuts: readonly number[]) {
  let begin = 0;
  for (const cut of [...cuts.map((at) => at % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)) {
    yield bytes.subarray(begin, cut);
    begin = cut;
  }
}

async function linesOf(body: AsyncIterable<Uint8Array>, maxBytes = 1_000): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(body, maxBytes)) lines.push(line);
  return lines;
}

describe('reading lines', () => {
  it('gives the same lines however the answer is cut, letters included, and nothing unfinished', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' '));
    await fc.assert(
      fc.asyncProperty(fc.array(line), line, fc.array(fc.nat()), async (lines, unfinished, cuts) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join('') + unfinished);
        const whole = lines.map((text) => Buffer.from(text).toString());
        expect(await linesOf(inPieces(bytes, cuts), 100_000)).toEqual(
          whole.filter((text) => text.trim() !== ''),
        );
      }),
    );
  });

  it('takes a line up to its bound, and refuses a longer one before its end has come', async () => {
    const body = inPieces(Buffer.from(`${'x'.repeat(1_000)}\n`), [3, 500]);
    expect(await linesOf(body)).toHaveLength(1);
    let given = 0;
    const endless = (async function* () {
      for (;;) {
        given += 1;
        yield Buffer.alloc(100, 'x');
      }
    })();
    await expect(linesOf(endless)).rejects.toThrow(RangeError);
    expect(given).toBe(11);
  });
});
