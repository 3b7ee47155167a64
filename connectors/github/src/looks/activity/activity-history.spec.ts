import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import { activity } from './activity.js';

const list = '/repos/acme/api/activity?per_page=100';
const refs = ['main', 'try/it'].map((name) => `refs/heads/${name}`);
const commits = ['a', 'b'].map((letter) => letter.repeat(40));
const zeros = '0'.repeat(40);

interface Entry {
  id: number;
  ref: string;
  before: string;
  after: string;
  timestamp: string;
  activity_type: string;
}

function typeOf(before: string, after: string): string {
  if (before === zeros) return 'branch_creation';
  if (after === zeros) return 'branch_deletion';
  return after > before ? 'push' : 'force_push';
}

/** A life of a few branches that stand on one of two commits, or nowhere: it comes back again and again. */
const life = fc
  .array(fc.tuple(fc.constantFrom(...refs), fc.constantFrom(zeros, ...commits)), {
    minLength: 20,
    maxLength: 60,
  })
  .map((steps) => {
    const heads = new Map<string, string>();
    const entries: Entry[] = [];
    for (const [ref, after] of steps) {
      const before = heads.get(ref) ?? zeros;
      heads.set(ref, after);
      if (before === after) continue;
      const id = entries.length + 1;
      const timestamp = new Date(Date.UTC(2026, 10, 24, 9) + Math.floor(id / 2) * 1_000).toISOString();
      entries.push({ id, ref, before, after, timestamp, activity_type: typeOf(before, after) });
    }
    return entries;
  });

/** The GitHub of a moment, whose pages are so short that what came before is soon out of sight. */
function gitHubAfter(entries: readonly Entry[], pageSize: number): ScriptedGitHub {
  const newest = entries.toReversed();
  const pages = Array.from({ length: Math.ceil(newest.length / pageSize) }, (_, page) =>
    newest.slice(page * pageSize, (page + 1) * pageSize),
  );
  const github = new ScriptedGitHub().says(list, { pages });
  for (const ref of refs) {
    const json = newest.filter((entry) => entry.ref === ref);
    github.says(`/repos/acme/api/activity?ref=${ref}&per_page=100`, { json });
  }
  for (const before of commits) {
    for (const after of commits)
      github.says(`/repos/acme/api/compare/${before}...${after}`, { missing: true });
  }
  return github;
}

/** The keys that one connector tells, which looks after so many entries each. */
async function watch(
  entries: readonly Entry[],
  looks: readonly number[],
  pageSize: number,
): Promise<string[]> {
  const keys: string[] = [];
  let run = await runLook(activity, gitHubAfter([], pageSize));
  for (const seen of [...looks, entries.length]) {
    run = await runLook(activity, gitHubAfter(entries.slice(0, seen), pageSize), run.state);
    keys.push(...run.events.map(({ key_parts }) => key_parts.join(' ')));
  }
  return keys;
}

const looksOf = fc
  .array(fc.nat({ max: 60 }), { minLength: 10, maxLength: 30 })
  .map((at) => at.sort((one, other) => one - other));

describe('branches that come back to where they were', () => {
  it('have one key for each move, whenever they are looked at and by how many', async () => {
    await fc.assert(
      fc.asyncProperty(
        life,
        looksOf,
        looksOf,
        fc.integer({ min: 2, max: 9 }),
        async (entries, one, other, size) => {
          const keys = await watch(entries, one, size);
          expect(new Set(keys).size).toBe(entries.length);
          expect(keys).toHaveLength(entries.length);
          expect(await watch(entries, other, size)).toEqual(keys);
        },
      ),
      { numRuns: 20 },
    );
  });
});
