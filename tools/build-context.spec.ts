import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { secrets } from './compose-trial/copy.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A pattern as Docker reads it: from the root, `*` within a name, `**` over any number of folders. */
function patternOf(line: string): RegExp {
  const parts = line.split(/(\*\*\/|\*\*|\*)/);
  const meanings: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*' };
  const source = parts.map((part) => meanings[part] ?? part.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')).join('');
  // Whoever names a folder names what lies in it.
  return new RegExp(`^${source}(?:/|$)`);
}

const rules = readFileSync(join(root, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .map((line) => ({ takes: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }));

/** The last rule that fits decides. */
function isTaken(path: string): boolean {
  return rules.findLast(({ pattern }) => pattern.test(path))?.takes ?? true;
}

const committed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter(Boolean);

/** All that the recipes copy from the context. */
function copied(): string[] {
  const connectors = readdirSync(join(root, 'connectors')).map((type) => `connectors/${type}`);
  return ['painchain', ...connectors].flatMap((folder) => {
    const recipe = readFileSync(join(root, folder, 'Dockerfile'), 'utf8');
    return [...recipe.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) =>
      sources.split(' '),
    );
  });
}

describe('what goes into a build', () => {
  it('begins with nothing and names what it takes', () => {
    expect(rules[0]).toMatchObject({ takes: false });
    expect(isTaken('anything')).toBe(false);
    expect(isTaken('a/folder/with/anything')).toBe(false);
  });

  it.each([
    ...secrets,
    '.git/config',
    '.git/objects/pack/pack-1.pack',
    '.painchain/postgres/base/1',
    '.env.production',
    'connectors/git/.git/config',
    'node_modules/zod/package.json',
    'packages/runtime/node_modules/.package-lock.json',
    'painchain/frontend/dist/index.html',
    'painchain/backend/src/database/generated/client.ts',
    'connectors/kubernetes/kubeconfig.pem',
    'packages/contract/dist/.tsbuildinfo',
    'core.log',
  ])('leaves %s out', (path) => {
    expect(isTaken(path)).toBe(false);
  });

  it('takes nothing hidden, nothing tested with and nothing built of all that is committed', () => {
    const taken = committed.filter(isTaken);
    expect(taken.filter((path) => /(?:^|\/)\./.test(path))).toEqual([]);
    expect(taken.filter((path) => /\.spec\.|\/(?:fixtures|testing|dist|generated)\//.test(path))).toEqual([]);
    expect([...new Set(taken.flatMap((path) => path.split('/')[0] ?? []))].sort()).toEqual([
      'LICENSE',
      'connectors',
      'package-lock.json',
      'package.json',
      'packages',
      'painchain',
      'tsconfig.base.json',
    ]);
  });

  it('takes all that the recipes copy', () => {
    const taken = committed.filter(isTaken);
    const missing = copied().filter((source) => !taken.some((path) => `${path}/`.startsWith(`${source}/`)));
    expect(missing).toEqual([]);
    expect(copied()).toContain('package-lock.json');
  });
});
