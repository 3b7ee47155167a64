const isoInstant =
  /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,12})?)?\s?(?:Z|[+-]\d{2}:?\d{2}|(?:\+0000 )?UTC)$/i;
const isoLocal = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,12})?$/;
const isoDate = /^\d{4}-\d{2}-\d{2}$/;

/** Milliseconds of a full instant with a zone. Without one it is a different moment for every reader. */
export function instantMs(text: string): number | undefined {
  if (text.length > 40 || !isoInstant.test(text)) return undefined;
  const normal = text
    .replace(' ', 'T')
    .replace(/\s?(?:\+0000 )?UTC$/i, 'Z')
    .replace(',', '.')
    .replace(/\s/g, '');
  const ms = Date.parse(normal.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(ms) ? undefined : ms;
}

/** True for a calendar date, and for a local time: both are shown as they came. */
export function isDateText(text: string): boolean {
  return text.length <= 32 && (isoDate.test(text) || isoLocal.test(text)) && !Number.isNaN(Date.parse(text));
}

const timeWords = new Set(['at', 'time', 'timestamp', 'ts', 'date']);
const earliest = 9.4e8;
const latest = 4.2e9;

/** Milliseconds of a number that counts from 1970 in s, ms, µs or ns, if its key says that it is a time. */
export function epochMs(value: number, word: string): number | undefined {
  if (!timeWords.has(word)) return undefined;
  for (const perSecond of [1, 1e3, 1e6, 1e9]) {
    const seconds = value / perSecond;
    if (seconds >= earliest && seconds <= latest) return seconds * 1e3;
  }
  return undefined;
}
