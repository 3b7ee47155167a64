import { createHash } from 'node:crypto';
import { Seen, Told } from '@painchain/connector-sdk/rounds';
import { withoutRoom } from '@painchain/connector-sdk/testing';
import { expect, it } from 'vitest';
import { Deployment } from '../translate/deployment.js';
import { MergeRequest } from '../translate/merge-request-facts.js';
import { Pipeline } from '../translate/pipeline.js';
import { mergeRequestPayload } from '../testing/tickets.js';
import { DeploymentLedger } from './deployments/deployment-ledger.js';
import { rememberedStops } from './deployments/environments.js';
import { KnownTags } from './images/image-tags.js';
import { rememberedChanges as rememberedImages } from './images/images.js';
import { looks } from './index.js';
import { remembered as rememberedIssues } from './issues/issues.js';
import { KnownMergeRequests, headOf, targetOf } from './merge-requests/merge-request-state.js';
import { PipelineLedger } from './pipelines/pipeline-ledger.js';
import { RefHeads } from './refs/ref-heads.js';
import type { Room } from './refs/ref-lists.js';
import { mostCharacters } from './refs/watched-room.js';
import { rememberedEdits } from './releases/releases.js';
import { Touched } from './touched.js';

const begin = Date.UTC(2026, 10, 24, 10);
const at = new Date(begin).toISOString();
const sha = (text: string) => createHash('sha1').update(text).digest('hex');
const many = <Item>(length: number, item: (index: number) => Item) =>
  Array.from({ length }, (_, index) => item(index));
/** A number that follows from another, as if by chance. */
const some = (text: string, most: number) => Number.parseInt(sha(text).slice(0, 10), 16) % most;
const instantOf = (index: number) => new Date(begin - some(`at ${index}`, 86_400_000)).toISOString();
const more = 1_000;

function toldOf(remembered?: number) {
  const told = new Told(undefined, remembered);
  for (let index = 0; index < more; index += 1) told.again('something', String(index));
  return told.state;
}

function refsOf(room: Room, name: (index: number) => string) {
  const heads = new RefHeads(undefined, mostCharacters[room]);
  heads.begin(new Map(many(3_000, (index) => [name(index), [sha(`${room} ${index}`)]])));
  return { heads: heads.state, etag: `W/"${sha(room)}"`, listed: at, pages: 30, begun: at };
}

function touchedOf(first: number) {
  const touched = new Touched();
  for (let index = 0; index < 100; index += 1)
    touched.add(first + index, new Date(begin - index * 977).toISOString());
  return touched.state({ high: at });
}

function mergeRequests() {
  const known = new KnownMergeRequests();
  for (let index = 1; index <= more; index += 1) {
    const shape = MergeRequest.parse(mergeRequestPayload({ iid: index, head: sha(`head ${index}`) }));
    const approvers = many(some(`approvers ${index}`, 4), (nth): [number, string] => {
      const person = some(`${index} ${nth}`, 80);
      return [20_000 + person * 977, `someone.${sha(`person ${person}`).slice(0, 8)}`];
    });
    const lastEvent = 500_000_000 + some(`event ${index}`, 9_000_000);
    known.learn(index, { head: headOf(shape), target: targetOf(shape), approvers, lastEvent });
  }
  return { ...touchedOf(more), known: known.state, told: toldOf() };
}

function pipelines() {
  const ledger = new PipelineLedger();
  for (let index = 0; index < more; index += 1) {
    const status = index % 10 === 0 ? 'running' : 'success';
    const shape = { id: 2_000_000_000 + index * 977, sha: sha(''), status, updated_at: instantOf(index) };
    ledger.note(Pipeline.parse(shape), { started: true, ended: instantOf(index).slice(0, 20) });
  }
  return { mark: { high: at }, known: ledger.state };
}

function deployments() {
  const ledger = new DeploymentLedger();
  for (let index = 0; index < more; index += 1) {
    const shape = { id: 900_000_000 + index * 977, status: 'success', updated_at: instantOf(index) };
    ledger.note(Deployment.parse(shape), ['created', 'running', 'success']);
  }
  return { mark: { high: at }, known: ledger.state };
}

function images() {
  const known = new KnownTags();
  const repository = { id: 4, path: 'acme/shop/api', location: 'registry.acme.test/acme/shop/api' };
  const tags = many(more, (index) => ({ name: `v1.${index}`, repository }));
  for (const tag of tags) known.note(tag, sha(tag.name));
  return { tags: known.stateOf(tags), told: toldOf(rememberedImages) };
}

function releases() {
  const fields = (index: number) => [
    `=v1.${index}`,
    `#${sha(`notes ${index}`).slice(0, 14)}`,
    `=${at}`,
    '=[]',
  ];
  const kept = many(30, (index) => ({
    tag: `v1.${index}`,
    name: `Shop 1.${index}`,
    created: instantOf(index).slice(0, 20),
    fields: fields(index),
  }));
  return { etag: `W/"${sha('releases')}"`, releases: kept, told: toldOf(rememberedEdits) };
}

function configuration() {
  const things = (count: number, name: string) => ({
    etag: `W/"${sha(name)}"`,
    things: many(count, (index) => [
      `${name}${index}`,
      {
        name: `${name}${index}`,
        fields: { one: `#${sha(`${name} ${index}`).slice(0, 8)}`, protected: true, two: null },
      },
    ]),
  });
  const parts = {
    variable: things(60, 'KEY_'),
    webhook: things(20, 'chat'),
    protected_branch: things(20, 'release/'),
  };
  return { identity: { full_path: 'acme/shop/api' }, parts, hidden: [], told: toldOf() };
}

const seen = new Seen(many(300, (index) => 4_000_000_000 + index * 977)).state;

/** What the looks keep of a project that has a lot of everything. */
const states: Record<string, unknown> = {
  refs: {
    seen,
    told: toldOf(300),
    heads: refsOf('heads', (index) => `${sha(`branch ${index}`).slice(0, 10)}-fix-something`),
    tags: refsOf('tags', (index) => `v${index >> 5}.${index & 31}.0`),
  },
  merge_requests: mergeRequests(),
  issues: {
    ...touchedOf(more),
    known: many(rememberedIssues, (index) => [index + 1, 500_000_000 + some(`issue ${index}`, 9_000_000)]),
  },
  pipelines: pipelines(),
  deployments: deployments(),
  environments: {
    available: many(100, (index) => [30_000_000 + index * 97, `review/${sha(`env ${index}`).slice(0, 8)}`]),
    told: toldOf(rememberedStops),
  },
  releases: releases(),
  images: images(),
  configuration: configuration(),
};

it('a project that has a lot of everything is remembered whole', () => {
  for (const { name, state } of looks)
    expect([name, state.safeParse(states[name]).success]).toEqual([name, true]);
  expect(withoutRoom(states)).toEqual([]);
});
