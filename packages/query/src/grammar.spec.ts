import { readFileSync, writeFileSync } from 'node:fs';
import { buildParserFile } from '@lezer/generator';
import { expect, it } from 'vitest';

const grammar = new URL('./query.grammar', import.meta.url);
const parser = new URL('./parser.generated.ts', import.meta.url);

// After a change of the grammar: UPDATE_PARSER=1 npx vitest run --project unit packages/query/src/grammar.spec.ts
it('has its parser generated from the grammar as it is, without a warning', () => {
  const warnings: string[] = [];
  const generated = buildParserFile(readFileSync(grammar, 'utf8'), {
    fileName: 'query.grammar',
    typeScript: true,
    warn: (message) => warnings.push(message),
  }).parser;
  expect(warnings).toEqual([]);
  if (process.env.UPDATE_PARSER) writeFileSync(parser, generated);
  expect(readFileSync(parser, 'utf8')).toBe(generated);
});
