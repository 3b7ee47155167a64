import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: { name: string; comment: string }[];
};

/** A house in which every import is allowed. */
const sound: Record<string, string> = {
  'packages/contract/src/index.ts': "export { one } from './one.js';",
  'packages/contract/src/one.ts': 'export const one = 1; export type One = 1;',
  'packages/query/src/index.ts': 'export const parse = 1;',
  'packages/runtime/src/index.ts': "export { one } from '@painchain/contract';",
  'packages/connector-sdk/src/index.ts': "export { one } from '@painchain/runtime'; export type Fact = 1;",
  'packages/embedded-postgres/src/index.ts': 'export const start = 1;',
  'connectors/git/src/index.ts': "import { one } from '@painchain/connector-sdk'; export const git = one;",
  'connectors/git/src/translate/commit.ts':
    "import type { Fact } from '@painchain/connector-sdk'; import { when } from './when.js'; export const fact: Fact = when;",
  'connectors/git/src/translate/when.ts': 'export const when = 1;',
  'connectors/jira/src/index.ts': 'export const jira = 1;',
  'bench/src/main.ts': "import '@painchain/runtime'; import '@painchain/embedded-postgres';",
  'painchain/import-v1/src/main.ts': "import '@painchain/runtime'; import '@painchain/contract';",
  'painchain/launcher/src/main.ts': "import '@painchain/runtime'; import '@painchain/embedded-postgres';",
  'painchain/backend/src/database/database.ts': 'export class Database {}',
  'painchain/backend/src/problem/problem-error.ts': 'export class ProblemError {}',
  'painchain/backend/src/events/events.service.ts':
    "import { ProblemError } from '../problem/problem-error.js'; import { EventsRepository } from './events.repository.js'; export const used = [ProblemError, EventsRepository];",
  'painchain/backend/src/events/events.repository.ts':
    "import { Database } from '../database/database.js'; export class EventsRepository extends Database {}",
  'painchain/backend/src/timeline/timeline.service.ts':
    "import '../events/events.service.js'; import type { EventsRepository } from '../events/events.repository.js'; export type T = EventsRepository;",
  'painchain/frontend/src/pages/home.tsx': "import '../features/timeline/list.js';",
  'painchain/frontend/src/features/timeline/list.ts':
    "import type { One } from '@painchain/contract'; import '../../components/button.js'; export const list: One = 1;",
  'painchain/frontend/src/features/projects/list.ts': 'export const projects = 1;',
  'painchain/frontend/src/components/button.ts': 'export const button = 1;',
};

/** The law, the file that breaks it, and how. */
const planted: [law: string, file: string, text: string][] = [
  ['query-is-a-leaf', 'packages/query/src/bad.ts', "import '@painchain/contract';"],
  ['bench-measures-from-outside', 'bench/src/bad.ts', "import '@painchain/query';"],
  ['contract-is-a-leaf', 'packages/contract/src/bad.ts', "import '@painchain/runtime';"],
  [
    'runtime-knows-the-contract-only',
    'packages/runtime/src/bad.ts',
    "import '@painchain/embedded-postgres';",
  ],
  [
    'sdk-knows-contract-and-runtime-only',
    'packages/connector-sdk/src/bad.ts',
    "import '@painchain/embedded-postgres';",
  ],
  ['embedded-postgres-stands-alone', 'packages/embedded-postgres/src/bad.ts', "import '@painchain/runtime';"],
  ['connector-stands-on-the-sdk', 'connectors/git/src/sibling.ts', "import '../../jira/src/index.js';"],
  ['connector-stands-on-the-sdk', 'connectors/git/src/below.ts', "import '@painchain/contract';"],
  ['translation-is-pure', 'connectors/git/src/translate/core.ts', "import 'node:fs';"],
  ['translation-is-pure', 'connectors/git/src/translate/sdk.ts', "import '@painchain/connector-sdk';"],
  [
    'backend-knows-no-connector',
    'painchain/backend/src/events/bad-sdk.ts',
    "import '@painchain/connector-sdk';",
  ],
  [
    'backend-tests-may-start-a-database',
    'painchain/backend/src/events/bad.spec.ts',
    "import '@painchain/connector-sdk';",
  ],
  [
    'import-is-a-client-of-the-api',
    'painchain/import-v1/src/bad.ts',
    "import '@painchain/embedded-postgres';",
  ],
  ['launcher-starts-processes-only', 'painchain/launcher/src/bad.ts', "import '@painchain/contract';"],
  [
    'frontend-takes-types-of-the-contract-only',
    'painchain/frontend/src/features/timeline/value.ts',
    "import { one } from '@painchain/contract'; export const value = one;",
  ],
  ['frontend-knows-no-other-room', 'painchain/frontend/src/bad.ts', "import '@painchain/runtime';"],
  [
    'frontend-features-are-strangers',
    'painchain/frontend/src/features/timeline/bad.ts',
    "import '../projects/list.js';",
  ],
  [
    'frontend-components-stand-below',
    'painchain/frontend/src/components/bad.ts',
    "import '../features/timeline/list.js';",
  ],
  [
    'backend-features-meet-in-services',
    'painchain/backend/src/timeline/bad.repository.ts',
    "import '../events/events.repository.js';",
  ],
  [
    'only-repositories-touch-the-database',
    'painchain/backend/src/events/bad.controller.ts',
    "import '../database/database.js';",
  ],
  ['tests-are-not-imported', 'packages/runtime/src/imports-test.ts', "import './some.spec.js';"],
  ['no-cycles', 'packages/runtime/src/here.ts', "import './there.js';"],
  ['imports-resolve', 'packages/runtime/src/nowhere.ts', "import './not-there.js';"],
  ['dependencies-are-declared', 'packages/runtime/src/undeclared.ts', "import 'dependency-cruiser';"],
];
const besides = {
  'packages/runtime/src/some.spec.ts': 'export const some = 1;',
  'packages/runtime/src/there.ts': "import './here.js';",
};

let house: string;
let violations: { law: string; file: string }[];

function cruise(): typeof violations {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const rooms = ['packages', 'painchain', 'connectors', 'bench'];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [cli, '--config', '.dependency-cruiser.cjs', '-T', 'json', ...rooms],
    { cwd: house, encoding: 'utf8', maxBuffer: 1e8 },
  );
  if (!stdout) throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return summary.violations.map(({ rule, from }) => ({ law: rule.name, file: from }));
}

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
}

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'painchain-laws-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'tsconfig.laws.json']) {
    copyFileSync(join(root, file), join(house, file));
  }
  write({ 'vitest.config.ts': '', 'package.json': '{"name": "house"}' });
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

describe('the laws of the rooms', { timeout: 60_000 }, () => {
  it('have nothing to say against a sound house', () => {
    write(sound);
    expect(cruise()).toEqual([]);
  });

  describe('broken one by one', () => {
    beforeAll(() => {
      write({ ...sound, ...besides, ...Object.fromEntries(planted.map(([, file, text]) => [file, text])) });
      violations = cruise();
    }, 60_000);

    it.each(planted)('%s: %s', (law, file) => {
      expect(violations).toContainEqual({ law, file });
    });

    it('each has its planted violation here, and its reason', () => {
      expect(new Set(planted.map(([law]) => law))).toEqual(new Set(forbidden.map(({ name }) => name)));
      for (const { comment } of forbidden) expect(comment.length).toBeGreaterThan(30);
    });
  });
});
