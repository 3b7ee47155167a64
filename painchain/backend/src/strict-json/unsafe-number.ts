/**
 * Stands in a decoded value where the text held a number that a double can't hold as it was written. Whoever
 * takes bodies item by item rejects only the item that holds it.
 */
export class UnsafeNumber {
  constructor(readonly token: string) {}
}

// Longer than any double needs; without the cap a number of a million digits would be work.
const longestToken = 64;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const plainInteger = /^-?\d+$/;

/** Whether a token is a JSON number that would come out of a double as another number. */
export function isUnsafeNumber(token: string): boolean {
  if (!number.test(token)) return false;
  if (token.length > longestToken) return true;
  const value = Number(token);
  if (!Number.isFinite(value)) return true;
  // Some integers beyond 2^53 are exact, their neighbours are not: an id that is taken only now and then helps nobody.
  if (plainInteger.test(token)) return !Number.isSafeInteger(value);
  if (String(value) === token) return false;
  const written = decimal(token);
  // The second form is what a producer of doubles writes that prints 17 digits (0.10000000000000001).
  return written !== decimal(String(value)) && written !== decimal(value.toPrecision(17));
}

/** One spelling per decimal number: digits without outer zeros and the power of ten of the last one. */
function decimal(token: string): string {
  const [mantissa = '', exponent = '0'] = token.replace(/^-/, '').toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
