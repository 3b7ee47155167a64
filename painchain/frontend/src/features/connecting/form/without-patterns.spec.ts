import type { JsonObject } from '@painchain/contract';
import { expect, it } from 'vitest';
import { validator } from './validator.js';
import { withoutPatterns } from './without-patterns.js';

const endless = '^(a+)+$';
const settings = { pattern: { type: 'string', pattern: endless }, patternProperties: { type: 'string' } };

it('a schema of a stranger runs no regular expression, wherever it stands', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: { ...settings, list: { type: 'array', items: { anyOf: [{ pattern: endless }] } } },
    patternProperties: { [endless]: { type: 'string' } },
  };
  expect(withoutPatterns(schema)).toEqual({
    type: 'object',
    properties: {
      pattern: { type: 'string' },
      patternProperties: { type: 'string' },
      list: { type: 'array', items: { anyOf: [{}] } },
    },
  });
});

it('a schema that can not be used finds nothing wrong', () => {
  const data = { a: 'x' };
  expect(validator.validateFormData(data, { properties: { a: { pattern: '([' } } }).errors).toEqual([]);
  expect(validator.validateFormData(data, { properties: { a: { $ref: '#/nowhere' } } }).errors).toEqual([]);
});
