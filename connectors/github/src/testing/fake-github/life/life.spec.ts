import { wordsOf } from '@painchain/connector-sdk/testing/pretend';
import { describe, expect, it } from 'vitest';
import { World } from '../world/world.js';
import { live } from './life.js';

const from = Date.UTC(2026, 10, 24, 7);
const until = from + 3_600_000;

function hour(seed: number): World {
  let now = from;
  const world = new World(() => now, seed);
  live(world.addRepository('acme', 'api'), { seed, from, until, everyMs: 8_000 });
  now = until + 3_600_000;
  world.catchUp();
  return world;
}

describe('the life in a repository', () => {
  it('goes the same way for one seed, and another way for another', () => {
    const words = (seed: number) => hour(seed).ledger.facts.map(wordsOf);
    expect(words(1)).toEqual(words(1));
    expect(words(2)).not.toEqual(words(1));
  });

  it('has all kinds of facts, each at a whole second', () => {
    const facts = [1, 2, 3].flatMap((seed) => hour(seed).ledger.facts);
    const types = new Set(facts.map(({ type }) => type));
    expect([...types].toSorted()).toEqual([
      'branch_created',
      'branch_deleted',
      'deployment',
      'deployment_status',
      'force_push',
      'image_published',
      'image_tagged',
      'issue_closed',
      'issue_labeled',
      'issue_opened',
      'issue_reopened',
      'issue_unlabeled',
      'pull_request_closed',
      'pull_request_merged',
      'pull_request_opened',
      'pull_request_reopened',
      'pull_request_retargeted',
      'pull_request_updated',
      'push',
      'release_deleted',
      'release_edited',
      'release_published',
      'tag_created',
      'tag_deleted',
      'tag_moved',
      'workflow_run',
    ]);
    expect(facts.every(({ at }) => at % 1_000 === 0)).toBe(true);
  });
});
