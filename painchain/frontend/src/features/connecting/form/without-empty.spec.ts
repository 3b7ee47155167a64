import type { JsonObject } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { withoutEmpty } from './without-empty.js';

const text = { type: 'string' };
const app = { type: 'object', required: ['id'], properties: { id: text, key: text } };
const schema: JsonObject = {
  type: 'object',
  required: ['must'],
  properties: {
    app,
    must: app,
    map: { type: 'object', additionalProperties: text },
    list: { type: 'array', items: app },
  },
};

describe('a form whose fields were emptied', () => {
  it('says nothing of the settings that they belong to', () => {
    expect(withoutEmpty({ app: {}, must: {} }, schema)).toEqual({ must: {} });
    expect(withoutEmpty({ app: { key: null } }, schema)).toEqual({});
  });

  it('keeps whatever is set, and what is no group of settings', () => {
    const config = { app: { id: 'a', key: null }, map: {}, list: [{}], unknown: {} };
    expect(withoutEmpty(config, schema)).toEqual(config);
  });
});
