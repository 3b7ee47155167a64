// A GitHub of its own process, for measurements: what it holds and what happens in it is told to a second port.
import { type IncomingMessage, createServer } from 'node:http';
import { type Asked, addCommit } from '@painchain/connector-sdk/testing/pretend';
import { FakeGitHub, type Repository, World } from './fake-github/index.js';
import { createBranch, push } from './fake-github/world/git.js';
import { deploy, say } from './fake-github/world/deployments.js';
import { openIssue } from './fake-github/world/issues.js';
import { mergePull, openPull } from './fake-github/world/pulls.js';
import { publish } from './fake-github/world/releases.js';
import { endAttempt, startRun } from './fake-github/world/runs.js';

/** Enough for anything that is measured: limits are not. */
const plenty = 1_000_000;

const world = new World(() => Date.now());

/** As many things as a small repository has of the last days. */
function furnish(repository: Repository): void {
  const by = 'ada';
  createBranch(repository, 'main', by, addCommit(repository, { by, parents: [], message: 'Begin' }));
  push(repository, 'main', by);
  mergePull(repository, openPull(repository, { branch: 'fix', by, title: 'Fix it' }), by);
  endAttempt(repository, startRun(repository, 'main', by), 'success');
  publish(repository, 'v1.0.0', by);
  say(repository, deploy(repository, 'main', 'production', by), 'success', by);
}

/** Owners `org-<n>` with repositories `repo-<n>`, each with a token `token-of-org-<n>`. */
function hold({ owners, repositories, from }: { owners: number; repositories: number; from: number }): void {
  for (let owner = from; owner < from + owners; owner += 1) {
    const login = `org-${owner}`;
    world.addToken(`token-of-${login}`, [login], plenty);
    for (let index = 0; index < repositories; index += 1)
      furnish(world.addRepository(login, `repo-${index}`));
  }
}

type Change = (repository: Repository, name: string) => void;

/** One of each kind, in turn. Each makes a fact of a type and subject that were not there before. */
const changes: Change[] = [
  (repository, name) => createBranch(repository, name, 'ada'),
  (repository, name) => openPull(repository, { branch: name, by: 'ada', title: name }),
  (repository) => startRun(repository, 'main', 'ada'),
  (repository) => deploy(repository, 'main', 'staging', 'ada'),
  (repository, name) => publish(repository, name, 'ada'),
  (repository, name) => openIssue(repository, 'ada', name),
  (repository, name) =>
    mergePull(repository, openPull(repository, { branch: name, by: 'ada', title: name }), 'ada'),
];
let changed = 0;

/** Lets something happen; what must be told of it. */
function change({ repository: fullName }: { repository: string }): object {
  const repository = world.find(fullName)?.repository;
  const { facts } = world.ledger;
  const before = facts.length;
  changed += 1;
  if (repository) changes[changed % changes.length]?.(repository, `thing-${changed}`);
  return { facts: facts.slice(before).map(({ type, subject }) => ({ type, subject, project: fullName })) };
}

const asked = { all: 0, counted: 0 };
/** How often each kind of address was asked at a cost. */
const counts = new Map<string, number>();
function hear({ counted, target }: Pick<Asked<unknown>, 'counted' | 'target'>): void {
  asked.all += 1;
  if (!counted) return;
  asked.counted += 1;
  const kind = target
    .replace(/\?.*/, '')
    .replace(/^\/repos\/[^/]+\/[^/]+/, '')
    .replaceAll(/\/[0-9a-f.]{2,}/g, '/…');
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === '' ? {} : JSON.parse(text);
}

async function told(request: IncomingMessage): Promise<object> {
  const body = await bodyOf(request);
  if (request.url === '/hold') hold(body as Parameters<typeof hold>[0]);
  else if (request.url === '/change') return change(body as Parameters<typeof change>[0]);
  return { ...asked, counts: Object.fromEntries(counts) };
}

const { FAKE_GITHUB_PORT, FAKE_GITHUB_CONTROL_PORT, PAINCHAIN_PARENT_PID } = process.env;
await FakeGitHub.start(world, { port: Number(FAKE_GITHUB_PORT), heard: hear });
createServer((request, response) => {
  told(request).then(
    (answer) => response.end(JSON.stringify(answer)),
    () => response.destroy(),
  );
}).listen(Number(FAKE_GITHUB_CONTROL_PORT), '127.0.0.1');

/** It ends with who has started it. */
function look(): void {
  try {
    process.kill(Number(PAINCHAIN_PARENT_PID), 0);
  } catch {
    process.exit();
  }
}
if (PAINCHAIN_PARENT_PID) setInterval(look, 1_000);
