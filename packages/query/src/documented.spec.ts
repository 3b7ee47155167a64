import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from './parse.js';
import { print } from './print.js';
import { fieldNames } from './query.js';

const page = readFileSync(new URL('../../../docs/searching.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^\| (`.+?`(?:, `.+?`)*) +\|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`(.+?)`/g)].map(([, text = '']) => text),
);

it('finds the examples of the page', () => {
  expect(examples.length).toBeGreaterThanOrEqual(15);
});

it.each(examples)('reads the documented query %s', (text) => {
  expect(parse(print(parse(text)))).toEqual(parse(text));
});

it.each(fieldNames)('documents the field %s', (name) => {
  expect(page).toContain(`\`${name}\``);
});
