export type IdPrefix = 'evt' | 'int' | 'con' | 'cmd' | 'rej' | 'view' | 'team';

// Ids are opaque so that nobody counts with them. Multiplying by an odd number modulo 2^64 is a bijection, and
// so is xor with the own upper half; both are undone on the way back. This hides, it does not protect: whether
// someone may see a row is decided by row security.
const mask = (1n << 64n) - 1n;
const multiplier = 0x9e3779b97f4a7c15n;
const inverse = inverseOf(multiplier);
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const digits = 13;
const largest = (1n << 63n) - 1n;

// Newton's iteration doubles the correct low bits with every step: 3, 6, 12, 24, 48, 96.
function inverseOf(odd: bigint): bigint {
  let result = odd;
  for (let step = 0; step < 5; step++) result = (result * (2n - odd * result)) & mask;
  return result;
}

// So that an event and an integration of the same number do not look alike.
function saltOf(prefix: IdPrefix): bigint {
  return (BigInt(`0x${Buffer.from(prefix).toString('hex')}`) * multiplier) & mask;
}

function scramble(value: bigint): bigint {
  const mixed = (value * multiplier) & mask;
  return ((mixed ^ (mixed >> 32n)) * multiplier) & mask;
}

function unscramble(value: bigint): bigint {
  const mixed = (value * inverse) & mask;
  return ((mixed ^ (mixed >> 32n)) * inverse) & mask;
}

/** The id of a row as it is shown: `evt_0c3f…`. Takes the bigint of the database as pg gives it, a text. */
export function encodeId(prefix: IdPrefix, id: bigint | string): string {
  let rest = scramble(BigInt(id) ^ saltOf(prefix));
  let text = '';
  for (let digit = 0; digit < digits; digit++) {
    text = alphabet.charAt(Number(rest & 31n)) + text;
    rest >>= 5n;
  }
  return `${prefix}_${text}`;
}

/** The row's bigint as a text, or undefined when this was never an id of ours with that prefix. */
export function decodeId(prefix: IdPrefix, text: string): string | undefined {
  if (text.length !== prefix.length + 1 + digits || !text.startsWith(`${prefix}_`)) return undefined;
  let value = 0n;
  for (const character of text.slice(prefix.length + 1)) {
    const digit = alphabet.indexOf(character);
    if (digit === -1) return undefined;
    value = (value << 5n) | BigInt(digit);
  }
  if (value > mask) return undefined;
  const id = unscramble(value) ^ saltOf(prefix);
  return id > 0n && id <= largest ? id.toString() : undefined;
}
