import { readFileSync } from 'node:fs';
import type { JsonValue } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { detect } from './detect.js';

type Case = [key: string, value: JsonValue, kind: string];

const file = new URL('./fixtures/kinds-by-key.json', import.meta.url);
const groups = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Case[]>);

describe.each(groups)('%s', (_, cases) => {
  it.each(cases)('%s = %j is %s', (key, value, kind) => {
    expect(detect(key, value)).toBe(kind);
  });
});
