import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigurationError } from './configuration-error.js';
import { readEnvironment } from './read-environment.js';
import { readYaml } from './read-yaml.js';

const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
afterAll(() => rmSync(folder, { recursive: true }));

function issuesOf(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.issues;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('readEnvironment', () => {
  const schema = z.object({
    PORT: z.coerce.number().int().default(8000),
    TOKEN: z.string(),
    LEVEL: z.enum(['info', 'debug']).default('info'),
  });

  it('gives typed and frozen values with defaults', () => {
    const read = readEnvironment(schema, { PORT: '9', TOKEN: 't', OTHER: 'x' });
    expect(read).toEqual({ PORT: 9, TOKEN: 't', LEVEL: 'info' });
    expect(Object.isFrozen(read)).toBe(true);
  });

  it('tells all faults at once, without the values', () => {
    const issues = issuesOf(() => readEnvironment(schema, { PORT: 'secret-port', LEVEL: 'loud', TOKEN: '' }));
    expect(issues.map(({ where }) => where).sort()).toEqual(['LEVEL', 'PORT', 'TOKEN']);
    expect(JSON.stringify(issues)).not.toContain('secret-port');
    expect(issues).toContainEqual({ where: 'TOKEN', fault: 'is required' });
  });

  it('reads X from the file that X_FILE names, without its last line break', () => {
    const path = join(folder, 'token');
    writeFileSync(path, ' s3cret\n');
    expect(readEnvironment(schema, { TOKEN_FILE: path }).TOKEN).toBe(' s3cret');
  });

  it('refuses both X and X_FILE, and a file that is not there', () => {
    expect(issuesOf(() => readEnvironment(schema, { TOKEN: 'a', TOKEN_FILE: 'b' }))).toEqual([
      { where: 'TOKEN', fault: 'is given twice: set TOKEN or TOKEN_FILE' },
    ]);
    expect(issuesOf(() => readEnvironment(schema, { TOKEN_FILE: join(folder, 'none') }))).toEqual([
      { where: 'TOKEN_FILE', fault: "the file it names can't be read (ENOENT)" },
    ]);
  });
});

describe('readYaml', () => {
  const schema = z.strictObject({
    token: z.string().optional(),
    name: z.string(),
    list: z.array(z.strictObject({ path: z.string() })).default([]),
  });
  const read = (text: string, env = {}) => readYaml({ text, name: 'config.yaml' }, schema, env);

  it('puts variables in place of whole values, as texts', () => {
    const text = 'name: ${NAME}\ntoken: "${TOKEN}"\nlist: [{path: "${A}"}]';
    expect(read(text, { NAME: '12', TOKEN: 'yes', A: '{x: 1}' })).toEqual({
      name: '12',
      token: 'yes',
      list: [{ path: '{x: 1}' }],
    });
  });

  it('leaves out what an unset variable should give, which is a fault only where it is required', () => {
    expect(read('name: a\ntoken: ${TOKEN}')).toEqual({ name: 'a', list: [] });
    expect(issuesOf(() => read('name: ${NAME}\nlist: [{path: "${A}"}]\nnmae: b'))).toEqual([
      { where: 'name', fault: 'is required: the variable NAME is not set' },
      { where: 'list.0.path', fault: 'is required: the variable A is not set' },
      { where: 'nmae', fault: 'is not a known setting' },
    ]);
  });

  it('refuses a variable inside of a text', () => {
    expect(issuesOf(() => read('name: a-${NAME}', { NAME: 'b' }))).toEqual([
      { where: 'name', fault: 'a ${VARIABLE} may only stand for a whole value' },
    ]);
  });

  it('tells what is no YAML by its line, without quoting it', () => {
    const issues = issuesOf(() => read('name: a\nname: b\ntoken: "hunter2'));
    expect(issues.length).toBeGreaterThanOrEqual(2);
    expect(issues[0]?.fault).toMatch(/line 2/);
    expect(JSON.stringify(issues)).not.toContain('hunter2');
  });

  it('refuses a bomb of aliases', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let n = 1; n < 9; n += 1) lines.push(`a${n}: &a${n} [${`*a${n - 1}, `.repeat(10)}]`);
    expect(issuesOf(() => read(lines.join('\n')))).toEqual([
      { where: 'config.yaml', fault: 'has too many aliases' },
    ]);
  });

  it('tells a file that is not there', () => {
    expect(issuesOf(() => readYaml({ path: join(folder, 'none.yaml') }, schema, {}))).toEqual([
      { where: join(folder, 'none.yaml'), fault: "can't be read (ENOENT)" },
    ]);
  });
});
