import { expect, it } from 'vitest';
import { fileName } from './file-name.js';

const now = '2026-11-24T10:35:00.123Z';

it.each([
  [
    { from: '2026-11-24T12:00:00.5+02:00', to: '2026-11-24t11:00:00z' },
    'painchain-20261124T100000Z-20261124T110000Z.csv',
  ],
  [{ from: undefined, to: undefined }, 'painchain-beginning-20261124T103500Z.csv'],
])('a file is called by its range: %#', (range, name) => {
  expect(fileName({ ...range, now }, 'csv')).toBe(name);
});
