import type { JudgedRow } from './row.js';

const heads = ['name', 'value', 'reference', 'ratio', 'unit', 'bar'];
const isNumber = [false, true, true, true, false, false];

/** Three significant digits, and no less than the whole number. */
export function shown(value: number | null): string {
  if (value === null) return '–';
  if (value === 0 || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return Number(value.toPrecision(3)).toString();
}

/** The rows as lines of one width, numbers to the right. */
export function tableOf(rows: readonly JudgedRow[]): string {
  const cells = rows.map(({ name, value, reference, ratio, unit, bar = '' }) => [
    name,
    shown(value),
    shown(reference),
    shown(ratio),
    unit,
    bar,
  ]);
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        isNumber[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(heads), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n');
}
