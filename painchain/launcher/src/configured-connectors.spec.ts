import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfigured } from './configured-connectors.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'painchain-config-'));
  mkdirSync(join(root, 'connectors/git/dist'), { recursive: true });
  writeFileSync(join(root, 'connectors/git/dist/index.js'), '');
  mkdirSync(join(root, 'config'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const configure = (name: string, text: string) => writeFileSync(join(root, 'config', name), text);

describe('the configuration folder', () => {
  it('asks for one connector per YAML file, known by its path as given', () => {
    configure('git-connector.yaml', 'connector: { type: git }\nconfig: { token: "${UNSET}" }');
    configure('second.yml', 'connector: { type: git, project: other }');
    configure('notes.txt', 'not ours');
    configure('github.example.yaml', 'connector: { type: github }');
    const { connectors, unusable } = readConfigured(root, 'config');
    expect(connectors).toMatchObject([
      { name: 'git-connector', file: 'config/git-connector.yaml', type: 'git' },
      { name: 'second', file: 'config/second.yml', type: 'git' },
    ]);
    expect(unusable).toEqual([]);
  });

  it('is told what is wrong with a file, and the others run', () => {
    configure('a.yaml', 'connector: [');
    configure('b.yaml', 'something: else');
    configure('c.yaml', 'connector: { type: jira }');
    configure('d.yaml', 'connector: { type: ../../etc }');
    configure('e.yaml', 'connector: { type: git }');
    const { connectors, unusable } = readConfigured(root, 'config');
    expect(connectors.map(({ name }) => name)).toEqual(['e']);
    expect(unusable.map(({ file }) => file)).toEqual([
      'config/a.yaml',
      'config/b.yaml',
      'config/c.yaml',
      'config/d.yaml',
    ]);
    expect(unusable[1]?.fault).toContain('connector.type');
    expect(unusable[2]?.fault).toContain('"jira"');
    expect(unusable[2]?.fault).toContain('there: git');
  });

  it('shows that a file has changed, and only then', () => {
    configure('git.yaml', 'connector: { type: git }');
    const version = () => readConfigured(root, 'config').connectors[0]?.version;
    const before = version();
    expect(version()).toBe(before);
    configure('git.yaml', 'connector: { type: git } # now');
    expect(version()).not.toBe(before);
  });

  it('asks for nothing when it is missing', () => {
    expect(readConfigured(root, 'nowhere')).toEqual({ connectors: [], unusable: [] });
  });
});
