import { readFileSync, readdirSync } from 'node:fs';
import type { JsonObject } from '@painchain/contract';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formable } from './formable.js';
import { labelOf } from './labels.js';

const shown = { 'x-painchain': { public: true } };
const object = (properties: JsonObject): JsonObject => ({ type: 'object', properties });

describe('a schema as a form', () => {
  it('hides what is not marked public', () => {
    const { ui } = formable(object({ token: { type: 'string' }, owner: { type: 'string', ...shown } }));
    expect(ui['token']['ui:widget']).toBe('secret');
    expect(ui['owner']['ui:widget']).toBeUndefined();
  });

  it('hides numbers as well, and leaves lists of which nothing is shown to the YAML', () => {
    const words = { type: 'array', items: { type: 'string' } };
    const { ui } = formable(
      object({ pin: { type: 'integer' }, hidden: words, open: { ...words, ...shown } }),
    );
    expect(ui['pin']['ui:widget']).toBe('secret');
    expect(ui['hidden']['ui:field']).toBe('yaml');
    expect(ui['open']['ui:field']).toBe('words');
  });

  it('shows the members of a map that is public', () => {
    const map = { type: 'object', additionalProperties: { type: 'string' } };
    const { ui } = formable(object({ open: { ...map, ...shown }, hidden: map }));
    expect(ui['open']['additionalProperties']).toEqual({});
    expect(ui['hidden']['additionalProperties']['ui:widget']).toBe('secret');
  });

  it('shows a default and does not fill it in', () => {
    const { schema, ui } = formable(object({ interval: { type: 'number', default: 60, ...shown } }));
    expect(ui['interval']['ui:placeholder']).toBe('60');
    expect(schema.properties?.['interval']).not.toHaveProperty('default');
  });

  it('makes one field of several forms of a value', () => {
    const { schema, ui } = formable(
      object({
        id: { anyOf: [{ type: 'integer' }, { type: 'string', maxLength: 100 }], ...shown },
        mode: { anyOf: [{ const: 'off' }, { enum: ['keys'] }, { type: 'boolean' }], ...shown },
      }),
    );
    expect(schema.properties?.['id']).toMatchObject({ type: 'string', title: 'ID' });
    expect(schema.properties?.['mode']).toMatchObject({ enum: ['off', 'keys', true, false] });
    expect(ui['mode']['ui:widget']).toBe('select');
  });

  it('leaves to the YAML what no field can say', () => {
    const { ui } = formable(object({ anything: {}, deep: { type: 'array', items: { type: 'array' } } }));
    expect(ui['anything']['ui:field']).toBe('yaml');
    expect(ui['deep']['ui:field']).toBe('yaml');
  });

  it('can be made of whatever somebody registers', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (schema) => {
        formable(schema as JsonObject);
      }),
    );
  });
});

const connectors = new URL('../../../../../../connectors/', import.meta.url);

it.each(readdirSync(connectors))('every setting of %s has a field', (type) => {
  const manifest = parse(readFileSync(new URL(`${type}/connector.yaml`, connectors), 'utf8')) as {
    config_schema: JsonObject;
  };
  const { schema, ui } = formable(manifest.config_schema);
  expect(Object.keys(ui)).toEqual(Object.keys(manifest.config_schema['properties'] ?? {}));
  expect(Object.values(schema.properties ?? {}).every((each) => typeof each === 'object' && each.title)).toBe(
    true,
  );
});

it('settings are called as people write', () => {
  expect(['base_url', 'private_key', 'ca', 'maxAge'].map(labelOf)).toEqual([
    'Base URL',
    'Private key',
    'CA',
    'Max age',
  ]);
});
