import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventPage } from '@painchain/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stack, isAlive, until } from './stack.js';
import { surplus } from './surplus.js';

const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'gc.auto=0'];
const commits = 70;
const victims: Readonly<Record<number, string>> = {
  8: 'git-connector',
  20: 'backend',
  32: 'git-connector',
  46: 'backend',
  58: 'git-connector',
};

const repository = mkdtempSync(join(tmpdir(), 'painchain-watched-'));
const yaml = `
connector: { type: git, project: shop }
config:
  repositories: [{ path: ${repository}, name: acme/shop }]
  polling: { interval: 2 }
`;
let stack: Stack;

function git(...args: string[]): string {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', [...person, ...args], { cwd: repository, env, encoding: 'utf8' }).trim();
}

/** What has happened in the repository, as the timeline must tell it: one line per fact. */
const happened: string[] = [];
let head = '';

/** Moves main by git's own means and writes down what that was. */
function move(...args: string[]): void {
  const before = head;
  git(...args);
  head = git('rev-parse', 'main');
  if (before !== '') happened.push(`main ${before} ${head}`);
  const fact = `commit ${head}`;
  if (!happened.includes(fact)) happened.push(fact);
}

function work(step: number): void {
  move('commit', '-q', '--allow-empty', '-m', `Change ${step}`);
  if (step % 10 === 4) move('commit', '-q', '--allow-empty', '--amend', '-m', `Change ${step}, reworded`);
  if (step % 15 === 9) move('reset', '-q', '--hard', 'HEAD~2');
  if (step % 20 === 13) {
    const top = head;
    // There and back: four moves that are told apart only by their order.
    for (const target of [`${top}~1`, top, `${top}~1`, top]) move('reset', '-q', '--hard', target);
  }
  if (step % 6 === 0) {
    git('branch', `feature/${step}`);
    happened.push(`branch_created feature/${step}`);
  }
  if (step % 7 === 0) {
    git('tag', ...(step % 2 === 0 ? ['-a', '-m', `Release ${step}`] : []), `v${step}`);
    happened.push(`tag_created v${step}`);
  }
}

function factOf({ type, data }: EventPage['rows'][number]): string {
  const { sha, branch, tag, before, after } = data as Partial<Record<string, string>>;
  if (type === 'commit') return `commit ${sha}`;
  const name = branch ?? tag;
  return type === 'push' || type === 'force_push' ? `${name} ${before} ${after}` : `${type} ${name}`;
}

/** Every fact on the timeline; none while the backend is away. */
async function told(): Promise<string[]> {
  const facts: string[] = [];
  for (let cursor = ''; ;) {
    const query = `connector=git&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const response = await fetch(`${stack.url}/api/events?${query}`).catch(() => undefined);
    if (!response?.ok) return [];
    const page = (await response.json()) as EventPage;
    facts.push(...page.rows.map(factOf));
    if (page.next_cursor === null) return facts;
    cursor = page.next_cursor;
  }
}

async function expectAllToldOnce(): Promise<void> {
  const complete = async () => surplus(happened, await told()).length === 0;
  // What is still missing after this long is shown below by name.
  await until('everything is told', complete, 40_000).catch(() => undefined);
  const facts = await told();
  expect({ missing: surplus(happened, facts), doubled: surplus(facts, happened) }).toEqual({
    missing: [],
    doubled: [],
  });
}

async function kill(name: string): Promise<void> {
  await until(`${name} runs`, () => isAlive(stack.findPid(name) ?? 0));
  stack.kill(name);
}

beforeAll(async () => {
  git('init', '-q', '-b', 'main');
  move('commit', '-q', '--allow-empty', '-m', 'Begin');
  happened.push('branch_created main');
  stack = await Stack.start({ config: { 'git-connector': yaml } });
  await until('the first look is told', async () => surplus(happened, await told()).length === 0);
});

afterAll(async () => {
  await stack?.stop();
  rmSync(repository, { recursive: true, force: true });
});

describe('a repository that is worked on while connector and backend are killed', () => {
  it('is told move by move, rewritten history included: nothing missing, nothing doubled', async () => {
    for (let step = 1; step <= commits; step += 1) {
      work(step);
      const victim = victims[step];
      if (victim !== undefined) await kill(victim);
      await sleep(100);
    }
    await expectAllToldOnce();
  }, 120_000);

  it('and what was deleted or moved while nobody looked is told by the next one', async () => {
    await kill('git-connector');
    git('branch', '-D', 'feature/6', 'feature/12');
    git('tag', '-d', 'v7');
    git('tag', '-f', 'v14', 'HEAD~1');
    happened.push('branch_deleted feature/6', 'branch_deleted feature/12', 'tag_deleted v7', 'tag_moved v14');
    await expectAllToldOnce();
  }, 60_000);
});
