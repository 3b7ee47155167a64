import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { beforeAll, describe, expect, it } from 'vitest';
import { stored } from '../testing/stored.js';
import { hasRecorded, recorded } from '../testing/webhook-examples.js';
import { readEnvironment, readProtection, readRepository, readRuleset } from './configured.js';
import { translateDeployment, translateDeploymentStatus } from './deployment.js';
import { readHook } from './hook.js';
import { translateIssueEvent } from './issue-event.js';
import { translateIssue } from './issue.js';
import { translatePackageVersion } from './package.js';
import { translatePullRequest } from './pull-request.js';
import { translatePush } from './push.js';
import { translateRelease } from './release.js';
import { translateRunCompleted, translateRunStarted } from './workflow-run.js';

const repository = { host: 'github.com', id: 7, fullName: 'acme/api', webUrl: 'https://github.com/acme/api' };
const sighting = { between: { from: null, to: '2026-11-24T10:00:00Z' } };

/** What statuses belong to, which their list doesn't say. */
const deployment = {
  id: 1,
  sha: '0'.repeat(40),
  ref: 'main',
  task: 'deploy',
  environment: 'production',
  description: null,
  created_at: '2026-11-24T09:00:00Z',
  updated_at: '2026-11-24T09:00:00Z',
  creator: null,
};

/** A body that is read, but is no change by itself. */
const read = (body: unknown): Translation =>
  body === undefined ? { kind: 'unsupported', what: 'configuration' } : { kind: 'ignored', reason: 'read' };

type Translate = (body: unknown) => Translation[];

/** What the list tells of a pull request. */
function kindsOf(pull: unknown): ('opened' | 'merged')[] {
  const isMerged =
    typeof pull === 'object' && pull !== null && 'merged_at' in pull && pull.merged_at !== null;
  return isMerged ? ['opened', 'merged'] : ['opened'];
}

/** What an answer of this address is made into, item by item. */
const translators: readonly (readonly [RegExp, Translate])[] = [
  [/\/activity$/, (item) => [translatePush(item, null, repository, {})]],
  [
    /\/pulls(\/\d+)?$/,
    (pull) => kindsOf(pull).map((kind) => translatePullRequest({ kind }, { pull }, repository, {})),
  ],
  [/\/issues\/events(\/\d+)?$/, (event) => [translateIssueEvent({ event }, repository, {})]],
  [/\/issues(\/\d+)?$/, (item) => [translateIssue(item, repository, {})]],
  [
    /\/actions\/runs(\/\d+)?$/,
    (run) => [translateRunStarted(run, repository, {}), translateRunCompleted(run, null, repository, {})],
  ],
  [/\/deployments(\/\d+)?$/, (item) => [translateDeployment(item, repository, {})]],
  [
    /\/deployments\/\d+\/statuses$/,
    (item) => [translateDeploymentStatus(item, deployment, null, repository, {})],
  ],
  [
    /\/releases(\/(\d+|latest|tags\/.+))?$/,
    (item) => [
      translateRelease(item, null, repository, {}),
      translateRelease(item, [], repository, sighting),
    ],
  ],
  [/\/branches\/[^/]+\/protection$/, (body) => [read(readProtection('main', body))]],
  [/\/rulesets(\/\d+)?$/, (body) => [read(readRuleset(body))]],
  [/\/environments$/, (body) => [read(readEnvironment(body))]],
  [/\/hooks(\/\d+)?$/, (body) => [read(readHook(body))]],
  [
    /\/packages\/container\/[^/]+\/versions$/,
    (item) => [translatePackageVersion(item, { owner: 'acme', name: 'api' }, repository, {})],
  ],
  [/^\/repos\/[^/]+\/[^/]+$|^\/repositories\/\d+$/, (body) => [read(readRepository(body)?.settings)]],
];

interface Recording {
  path: string;
  body: unknown;
}

function itemsOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  if (typeof body !== 'object' || body === null) return [body];
  const list = Object.values(body).find((value) => Array.isArray(value) && 'total_count' in body);
  return Array.isArray(list) ? list : [body];
}

interface Outcome {
  items: number;
  events: SourceEvent[];
  unsupported: string[];
}

/** Every item of every recording through whatever translates its address. */
async function outcomeOf(recordings: readonly Recording[]): Promise<Outcome> {
  const outcome: Outcome = { items: 0, events: [], unsupported: [] };
  for (const { path, body } of recordings) {
    const translate = translators.find(([pattern]) => pattern.test(path))?.[1];
    if (!translate) continue;
    for (const item of itemsOf(body)) {
      const made = translate(item);
      const events = made.flatMap((one) => (one.kind === 'events' ? one.events : []));
      outcome.items += 1;
      outcome.events.push(...events);
      if (made.some(({ kind }) => kind === 'unsupported')) outcome.unsupported.push(path);
    }
  }
  await stored(outcome.events);
  return outcome;
}

function pathOf(url: string): string {
  return new URL(url, 'https://api.github.com').pathname.replace(/\/$/, '');
}

function rowsOf<Row>(name: string): Row[] {
  const bytes = readFileSync(new URL(name, recorded));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trim();
  return text.split('\n').map((line) => JSON.parse(line) as Row);
}

function scenarios(): Recording[] {
  const root = new URL(
    './scenarios/api.github.com/',
    `file://${createRequire(import.meta.url).resolve('@octokit/fixtures')}`,
  );
  return readdirSync(root).flatMap((name) => {
    const file = new URL(`${name}/normalized-fixture.json`, root);
    const rows = JSON.parse(readFileSync(file, 'utf8')) as {
      path: string;
      status: number;
      response: unknown;
    }[];
    return rows
      .filter(({ status }) => status === 200 || status === 201)
      .map(({ path, response }) => ({ path: pathOf(path), body: response }));
  });
}

describe('recorded answers', () => {
  it('of the scenarios of @octokit/fixtures are read', async () => {
    const { items, unsupported } = await outcomeOf(scenarios());
    expect(items).toBeGreaterThan(5);
    expect(unsupported).toEqual([]);
  });
});

describe.skipIf(!hasRecorded)('recorded answers of public projects (skipped without shared/data)', () => {
  let devlake: Recording[] = [];
  let hub4j: Recording[] = [];

  beforeAll(() => {
    devlake = rowsOf<{ url: string; data: unknown }>('api-devlake-github.ndjson')
      .map(({ url, data }) => ({ path: pathOf(url), body: data }))
      // Two rows are made up, with commits that are none.
      .filter(({ path }) => !path.startsWith('/repos/test/repo'));
    hub4j = rowsOf<{ url: string; method: string; status: number; body: unknown }>(
      'api-hub4j-recorded.ndjson.gz',
    )
      .filter(({ method, status }) => method === 'GET' && status === 200)
      .map(({ url, body }) => ({ path: pathOf(url), body }));
  });

  it('are read, and make events', async () => {
    const { items, events, unsupported } = await outcomeOf(devlake);
    expect(items).toBeGreaterThan(150);
    expect(unsupported).toEqual([]);
    expect(events.length).toBeGreaterThan(100);
  });

  it('of many years are read', async () => {
    const { items, events, unsupported } = await outcomeOf(hub4j);
    expect(items).toBeGreaterThan(150);
    expect(unsupported).toEqual([]);
    expect(events.length).toBeGreaterThan(50);
  });
});
