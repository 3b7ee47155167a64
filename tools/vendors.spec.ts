import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vendorsNamed } from './vendors.mjs';

let house: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
}

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'painchain-vendors-'));
  write('connectors/deploylog/connector.yaml', 'type: deploylog');
  write('connectors/acme-ci/connector.yaml', 'type: acme-ci');
  write('connectors/webhook/connector.yaml', 'type: webhook');
});
afterEach(() => rmSync(house, { recursive: true, force: true }));

describe('the law against the names of vendors', () => {
  it('holds in the interface', () => {
    expect(vendorsNamed()).toEqual([]);
  });

  it.each([
    ['src/a.ts', 'const x = 1;\nexport const githubUrl = 1;', 'src/a.ts:2: github'],
    ['src/a.tsx', '// As GitLab does it.', 'src/a.tsx:1: GitLab'],
    ['src/styles/a.css', '.mark-k8s { color: red }', 'src/styles/a.css:1: k8s'],
    ['src/a.ts', "if (type === 'git') return;", 'src/a.ts:1: git'],
    ['src/a.ts', 'const isGitPush = true;', 'src/a.ts:1: git'],
    ['src/a.ts', 'const GIT_LOGO = 1;', 'src/a.ts:1: git'],
    ['src/a.ts', '// Slack gets it, too.', 'src/a.ts:1: slack'],
    ['src/a.ts', 'const deployLogMark = 1; // the deploylog', 'src/a.ts:1: deploylog'],
    ['src/a.ts', 'const acmeCi = 1;', 'src/a.ts:1: acme ci'],
    ['src/features/git/a.ts', '', 'src/features/git/a.ts:0: git'],
    ['public/theme.js', '// jenkins', 'public/theme.js:1: jenkins'],
    ['index.html', '<title>Kubernetes</title>', 'index.html:1: Kubernetes'],
  ])('is broken by a name in %s: %s', (file, text, found) => {
    write(`painchain/frontend/${file}`, text);
    expect(vendorsNamed(house)).toEqual([`painchain/frontend/${found}`]);
  });

  it('minds no word that merely holds a name, nor a webhook', () => {
    write('painchain/frontend/src/a.ts', 'digit legit flux overwhelm laws /** A webhook. */ argosy slacken');
    expect(vendorsNamed(house)).toEqual([]);
  });

  it('lets specs, fixtures and goldens name whom they like', () => {
    for (const file of ['a.spec.ts', 'b.spec.tsx', 'fixtures/c.json', 'x/goldens/d.txt']) {
      write(`painchain/frontend/src/${file}`, 'github');
    }
    expect(vendorsNamed(house)).toEqual([]);
  });
});
