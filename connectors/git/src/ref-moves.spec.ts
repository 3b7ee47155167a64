import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReflogEntry } from './git/read-reflog.js';
import type { RefTarget } from './git/read-refs.js';
import { type MoveWitness, type RefStates, findMoves, firstMoves } from './ref-moves.js';
import type { RefMove } from './translate/facts.js';

const zeros = '0'.repeat(40);
const sha = (index: number) => index.toString(16).padStart(40, 'a');

/** A repository whose history is one line: a commit's number tells what it contains. */
class ModelRepository implements MoveWitness {
  lookedAt = 0;
  readonly refs = new Map<string, RefTarget>();
  readonly logs = new Map<string, ReflogEntry[]>();
  /** Every move of a branch that has ever been, `ref before after`. */
  readonly history: string[] = [];
  private clock = 1_000;

  constructor(readonly hasReflog: boolean) {}

  move(ref: string, to: number | null): void {
    const before = this.refs.get(ref)?.commit ?? null;
    const after = to === null ? null : sha(to);
    if (before === after) return;
    this.history.push(`${ref} ${before} ${after}`);
    if (after === null) {
      this.refs.delete(ref);
      this.logs.delete(ref);
      return;
    }
    this.refs.set(ref, { object: after, commit: after });
    const log = this.logs.get(ref) ?? [];
    // All within the same second, as a script would do it.
    const entry = { before: before ?? zeros, after, at: this.clock, actor: 'Ada', how: 'test' };
    this.logs.set(ref, [...log, { ...entry, end: (log.length + 1) * 100 }]);
  }

  parentsOf(commits: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const previous = (commit: string) =>
      [0, 1, 2, 3].map(sha).filter((_, index) => sha(index + 1) === commit);
    return Promise.resolve(new Map(commits.map((commit) => [commit, previous(commit)])));
  }

  isAncestor(older: string, newer: string): Promise<boolean> {
    return Promise.resolve(older <= newer);
  }

  reflog(ref: string, offset: number): ReflogEntry[] | undefined {
    const log = this.hasReflog ? this.logs.get(ref) : undefined;
    return log && log.length * 100 >= offset ? log.slice(offset / 100) : undefined;
  }

  birth(ref: string): ReflogEntry | undefined {
    return this.reflog(ref, 0)?.[0];
  }

  endOfReflog(ref: string, commit: string): number | undefined {
    return this.reflog(ref, 0)?.findLast(({ after }) => after === commit)?.end;
  }
}

const told = ({ ref, before, after }: RefMove) => `${ref} ${before?.commit ?? null} ${after?.commit ?? null}`;
const keyOf = (move: RefMove) => `${told(move)} ${move.rewinds}`;

const branches = ['refs/heads/main', 'refs/heads/x/y'];
const names = fc.constantFrom(...branches, 'refs/tags/v1');
const move = fc.record({ ref: names, to: fc.oneof(fc.nat(4), fc.constant(null)) });
const step = fc.oneof(
  { weight: 4, arbitrary: move },
  { weight: 2, arbitrary: fc.constantFrom('look', 'crash') },
);

type Step = { ref: string; to: number | null } | 'look' | 'crash';

/** Plays steps; a look keeps its states, a crash looks and forgets, as a process that dies before delivery. */
async function play(repository: ModelRepository, steps: readonly Step[]) {
  let states: RefStates = new Map();
  const moves: RefMove[] = [];
  for (const one of [...steps, 'look' as const]) {
    if (typeof one === 'object') {
      repository.move(one.ref, one.to);
      continue;
    }
    const found = await findMoves(states, repository.refs, repository);
    expect((await findMoves(states, repository.refs, repository)).moves).toEqual(found.moves);
    if (one === 'crash') continue;
    moves.push(...found.moves);
    states = found.states;
  }
  return moves;
}

describe('moves between looks', () => {
  it('are told once each, in an unbroken line per ref, whatever happens in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, hasReflog) => {
        const repository = new ModelRepository(hasReflog);
        const moves = await play(repository, steps);
        const keys = moves.map(keyOf);
        expect(new Set(keys).size).toBe(keys.length);
        for (const ref of [...branches, 'refs/tags/v1']) {
          const line = moves.filter((one) => one.ref === ref);
          line.forEach((one, index) =>
            expect(one.before?.commit).toBe(line[index - 1]?.after?.commit ?? undefined),
          );
          expect(line.at(-1)?.after?.commit).toBe(repository.refs.get(ref)?.commit);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are told one by one where the reflog has them, back and forth within a second included', async () => {
    const kept = fc.record({ ref: fc.constantFrom(...branches), to: fc.nat(3) });
    const steps = fc.array(fc.oneof(kept, fc.constantFrom('look' as const, 'crash' as const)), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (played) => {
        const repository = new ModelRepository(true);
        const moves = await play(repository, played);
        expect(moves.map(told).sort()).toEqual([...repository.history].sort());
        expect(moves.every(({ log }) => log !== undefined)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the first look', () => {
  it('tells a branch from its first reflog entry, and says nothing twice of a clone', () => {
    const repository = new ModelRepository(true);
    repository.move('refs/heads/main', 1);
    repository.move('refs/heads/main', 2);
    repository.move('refs/remotes/origin/main', 2);
    repository.move('refs/remotes/origin/other', 1);
    const { moves } = firstMoves(repository.refs, repository);
    expect(moves.map(told)).toEqual([
      `refs/heads/main null ${sha(1)}`,
      `refs/remotes/origin/other null ${sha(1)}`,
    ]);
  });
});
