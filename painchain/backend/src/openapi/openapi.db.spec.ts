import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startTestApp } from '../http/testing/test-app.js';
import { operations } from './operations.js';

interface Document {
  paths: Record<string, Record<string, { parameters: { name: string }[] }>>;
  components: { schemas: Record<string, unknown> };
}

let app: TestApp;
let text: string;
let document: Document;
beforeAll(async () => {
  app = await startTestApp();
  text = await (await fetch(`${app.url}/api/openapi.json`)).text();
  document = JSON.parse(text) as Document;
});
afterAll(() => app.close());

const committed = new URL('../../openapi.json', import.meta.url);

describe('OpenAPI', () => {
  it('is what is committed; UPDATE_OPENAPI=1 writes it anew', async () => {
    const formatted = await format(text, { parser: 'json', printWidth: 110 });
    if (process.env['UPDATE_OPENAPI'] === '1') writeFileSync(committed, formatted);
    expect(readFileSync(committed, 'utf8')).toBe(formatted);
  });

  it('describes every route, and no route that is not there', () => {
    const served = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(served.sort()).toEqual(Object.keys(operations).sort());
  });

  it('has every schema that it points to', () => {
    const pointed = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(pointed.length).toBeGreaterThan(20);
    expect(pointed.filter((name) => !(String(name) in document.components.schemas))).toEqual([]);
    expect(text).not.toContain('$defs');
  });

  it('names query parameters one by one', () => {
    const names = document.paths['/api/timeline']?.['get']?.parameters.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['from', 'to', 'cursor', 'limit']));
  });

  it('tells what is sent from what is received where a default makes them differ', () => {
    const { HeldLease, SourceStatus, SourceStatusInput } = document.components.schemas as Record<
      string,
      { required?: string[] }
    >;
    expect(HeldLease).toBeUndefined();
    expect(SourceStatus?.required).toContain('intervals');
    expect(SourceStatusInput?.required).not.toContain('intervals');
  });

  it('is shown by a page that asks nothing of another server and needs no inline script', async () => {
    const page = await (await fetch(`${app.url}/api/docs`)).text();
    expect(page).not.toMatch(/(src|href)="https?:/);
    expect(page).not.toMatch(/<script(?![^>]* src=)/);
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => String(file));
    expect(files).toHaveLength(4);
    for (const file of files) {
      const answer = await fetch(`${app.url}${file}`);
      expect([file, answer.status]).toEqual([file, 200]);
      await answer.arrayBuffer();
    }
  });
});
