// What is tried, in this order: each step goes on with what the one before left.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { changeTree, commit, contextOf, secrets, write } from './copy.mjs';
import { run, until } from './docker.mjs';
import { stored } from './events.mjs';
import { others } from './others.mjs';
import { anyReplica, oneReplicaGone, tailAcrossReplicas } from './scale.mjs';

/** @typedef {import('../try-compose.mjs').Trial} Trial */

const node = ['painchain-backend', 'git-connector'];
const all = ['painchain-db', ...node];

/** @param {Trial} trial */
async function context({ tree, bases }) {
  // There is a .env already: the trial's own.
  for (const path of secrets) if (path !== '.env') write(tree, path, 'a secret');
  const files = await contextOf(tree, bases.NODE_IMAGE ?? 'node:24-bookworm-slim');
  assert.deepEqual(
    secrets.filter((path) => files.includes(path)),
    [],
  );
  assert.deepEqual(
    files.filter((path) => /(^|\/)(\.|node_modules\/|dist\/)|\.spec\./.test(path)),
    [],
  );
  assert.ok(files.includes('painchain/backend/src/main.ts'));
}

/** @param {string} image */
const bytesOf = async (image) => Number(await run(['docker', 'inspect', '--format', '{{.Size}}', image]));

/** @param {Trial} trial */
async function build({ tree, name, bases, note }) {
  const base = bases.NODE_IMAGE ?? 'node:24-bookworm-slim';
  for (const recipe of [
    'painchain',
    ...readdirSync(join(tree, 'connectors')).map((type) => `connectors/${type}`),
  ]) {
    const image = recipe === 'painchain' ? recipe : `${recipe.slice('connectors/'.length)}-connector`;
    const startedAt = Date.now();
    const options = ['--build-arg', `NODE_IMAGE=${base}`, '-f', join(tree, recipe, 'Dockerfile')];
    await run(['docker', 'build', ...options, '-t', `painchain/${image}:${name}`, tree]);
    const [bytes, below] = [await bytesOf(`painchain/${image}:${name}`), await bytesOf(base)];
    const megabytes = ((bytes - below) / 1e6).toFixed(1);
    note(
      `painchain/${image}: ${megabytes} MB above its base, ${((Date.now() - startedAt) / 1000).toFixed(0)} s`,
    );
  }
}

/** @param {Trial} trial */
async function up({ containers, api }) {
  await containers.call('up', '-d', 'painchain-backend', 'painchain-db');
  await containers.healthy('painchain-backend');
  await containers.call('up', '-d', 'git-connector');
  await containers.healthy('git-connector');
  await until('the commits are on the timeline', async () => (await stored(api, 'type:commit')).rows >= 2);
  const page = await fetch(api.replace('/api', '/home'));
  assert.match(await page.text(), /<!doctype html>/i);
}

/** @param {Trial} trial */
async function confined({ containers }) {
  for (const service of all) {
    const [status = ''] = (await containers.exec(service, 'grep', 'NoNewPrivs', '/proc/1/status')).split(
      '\n',
    );
    assert.match(status, /1$/, `${service} may gain privileges`);
    assert.match(
      await containers.exec(service, 'grep', 'CapEff', '/proc/1/status'),
      /0{16}$/,
      `${service} has rights`,
    );
    assert.notEqual(await containers.exec(service, 'id', '-u'), '0', `${service} is root`);
    await assert.rejects(containers.exec(service, 'touch', '/app.txt', '/etc/x'), /Read-only file system/);
    await containers.exec(service, 'touch', '/tmp/x');
  }
  await assert.rejects(
    containers.exec('git-connector', 'touch', '/run/painchain/x'),
    /Read-only file system/,
  );
  const reach = `require('net').connect(5432, 'painchain-db').on('connect', () => process.exit(0)).on('error', () => process.exit(3))`;
  await assert.rejects(containers.exec('git-connector', 'node', '-e', reach), /ended with 3/);
  const ports = await containers.inspect('painchain-backend', '{{json .HostConfig.PortBindings}}');
  assert.match(ports, /"HostIp":"127\.0\.0\.1"/);
}

/** @param {Trial} trial */
async function assertCounts({ feed, api, note }, since = 'afterwards') {
  const { rows, different } = await stored(api, 'connector:trial');
  note(`${feed.acknowledged} events acknowledged, ${rows} there ${since}, ${rows - different} doubled`);
  assert.equal(different, feed.acknowledged);
  assert.equal(rows, different);
}

/** @param {Trial} trial */
const ready = ({ api }) => until('the API is ready', async () => (await fetch(`${api}/health/ready`)).ok);

/** @param {Trial} trial */
async function kills(trial) {
  const { containers, feed, api, tree } = trial;
  feed.start(api);
  for (const service of all) {
    await sleep(2_000);
    await containers.kill(service);
    await containers.healthy(service);
    await ready(trial);
  }
  await commit(tree, 'Three');
  await until(
    'a commit after the kills is told',
    async () => (await stored(api, 'type:commit "Three"')).rows === 1,
  );
  await feed.stop();
  await assertCounts(trial);
}

/** @param {Trial} trial */
async function stops({ containers, note }) {
  for (const service of [...node].reverse()) {
    const startedAt = Date.now();
    await containers.call('stop', service);
    assert.equal(await containers.inspect(service, '{{.State.ExitCode}}'), '0', service);
    note(`${service} stops in ${Date.now() - startedAt} ms`);
  }
  await containers.call('up', '-d', ...all);
  for (const service of all) await containers.healthy(service);
}

/**
 * Told to stop before it has begun: the first process of a container has no default for a signal.
 *
 * @param {Trial} trial
 */
async function stopsAtOnce({ name, note }) {
  const settings = [
    '-e',
    'DATABASE_URL=postgresql://nobody@127.0.0.1:1/none',
    '-e',
    'PAINCHAIN_ALLOW_OPEN=true',
  ];
  const id = await run(['docker', 'run', '--detach', ...settings, `painchain/painchain:${name}`]);
  await sleep(300);
  const startedAt = Date.now();
  await run(['docker', 'stop', id]);
  note(`it stops in ${Date.now() - startedAt} ms`);
  const code = await run(['docker', 'inspect', '--format', '{{.State.ExitCode}}', id]);
  await run(['docker', 'rm', '--volumes', id]);
  assert.equal(code, '0');
}

/** @param {Trial} trial */
async function upgrade(trial) {
  const { containers, tree, name, feed, api, note } = trial;
  const layers = async () =>
    run(['docker', 'inspect', '--format', '{{json .RootFS.Layers}}', `painchain/painchain:${name}`]);
  const before = /** @type {string[]} */ (JSON.parse(await layers()));
  changeTree(tree);
  const startedAt = Date.now();
  await containers.call('build', 'painchain-backend');
  const after = /** @type {string[]} */ (JSON.parse(await layers()));
  const fresh = after.filter((layer) => !before.includes(layer)).length;
  note(
    `rebuilt in ${((Date.now() - startedAt) / 1000).toFixed(0)} s, ${fresh} of ${after.length} layers are new`,
  );
  assert.equal(fresh, 1);
  feed.start(api);
  await containers.call('up', '-d', ...all);
  await containers.healthy('painchain-backend');
  await sleep(1_000);
  await feed.stop();
  assert.match(await containers.call('logs', '--no-color', 'painchain-backend'), /_trial"/);
  await assertCounts(trial);
}

/** @param {Trial} trial */
async function downAndUp(trial) {
  const { containers, api } = trial;
  const key = await containers.exec('painchain-backend', 'cat', '/run/painchain/connector.key');
  const commits = await stored(api, 'type:commit');
  await containers.call('--profile', 'git', 'down');
  await containers.call('--profile', 'git', 'up', '-d');
  for (const service of all) await containers.healthy(service);
  assert.equal(await containers.exec('painchain-backend', 'cat', '/run/painchain/connector.key'), key);
  await commit(trial.tree, 'Four');
  await until('a commit after it is told', async () => (await stored(api, 'type:commit "Four"')).rows === 1);
  assert.equal((await stored(api, 'type:commit')).rows, commits.rows + 1);
  await assertCounts(trial, 'after down and up');
}

/** @param {Trial} trial */
async function secretsByFile(trial) {
  const { containers, tree } = trial;
  const alter = `alter role painchain password 'changed'`;
  await containers.exec('painchain-db', 'psql', '--username', 'painchain', '--command', alter);
  // Here for those that come without the files.
  write(tree, '.env', readFileSync(join(tree, '.env'), 'utf8').replace('=trial', '=changed'));
  write(tree, 'secrets/postgres_password', 'changed');
  write(tree, 'secrets/database_url', 'postgresql://painchain:changed@painchain-db:5432/painchain\n');
  write(tree, 'secrets/git_token', 'token-of-the-trial');
  const files = ['-f', 'docker-compose.yml', '-f', 'docker-compose.secrets.yml'];
  await containers.call(...files, 'up', '-d', ...all);
  for (const service of all) await containers.healthy(service);
  for (const service of all) {
    assert.doesNotMatch(
      await containers.inspect(service, '{{json .Config.Env}}'),
      /:(?:trial|changed)@|=(?:trial|changed)"|token-of/,
    );
  }
  await assertCounts(trial, 'with secrets by file');
}

/** @type {[string, (trial: Trial) => Promise<void>][]} */
export const steps = [
  ['no secret, nothing hidden and nothing built gets into a build', context],
  ['all images are built', build],
  ['the backend, its database and a connector come up by the names of the plan', up],
  ['the other connectors start, take their configuration up and say what they lack', others],
  [
    'each is confined: no root, no rights, nothing to write but /data and /tmp, no way to the database',
    confined,
  ],
  ['kill -9 of each while events come in loses and doubles nothing', kills],
  ['SIGTERM ends each cleanly', stops],
  ['SIGTERM ends one that has only just been started', stopsAtOnce],
  ['an upgrade with a migration keeps everything, and replaces one layer', upgrade],
  ['down and up again keep everything, the key included', downAndUp],
  ['the password may be changed, and secrets may come from files', secretsByFile],
  ['of two replicas behind a proxy any serves any request', anyReplica],
  ['the live tail of one tells what was sent to the other', tailAcrossReplicas],
  ['kill -9 of each replica in turn loses and doubles nothing', oneReplicaGone],
];
