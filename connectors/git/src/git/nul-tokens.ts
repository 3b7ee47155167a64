/** Characters of one token that are kept; a commit message of a hundred megabytes is cut, not held. */
const tokenBytes = 64 * 1024;

/**
 * Cuts a stream at its NUL bytes. Git's `-z` formats are the only ones that no file name can break. What is
 * not UTF-8 becomes U+FFFD, so that every token is a text.
 */
export async function* nulTokens(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void, void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  const keep = (piece: Buffer) => {
    if (heldBytes < tokenBytes) held.push(piece.subarray(0, tokenBytes - heldBytes));
    heldBytes += piece.length;
  };
  const take = () => {
    const token = Buffer.concat(held).toString('utf8');
    held = [];
    heldBytes = 0;
    return token;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      keep(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (heldBytes > 0) yield take();
}
