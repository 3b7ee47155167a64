import type { SourceEvent } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PretendRefs, sha } from '../../testing/pretend-refs.js';

const refNames = ['branch:main', 'branch:x', 'tag:v1'];

type Deed =
  | { does: 'move'; ref: string; to: string; told: 'at once' | 'late' | 'never' }
  | { does: 'look'; keeps: boolean; minutes: number }
  | { does: 'catch up' };

const look: fc.Arbitrary<Deed> = fc.record({
  does: fc.constant('look' as const),
  keeps: fc.boolean(),
  minutes: fc.constantFrom(1, 1, 1, 6, 16),
});

function moveBy(...told: ('at once' | 'late' | 'never')[]): fc.Arbitrary<Deed> {
  return fc.record({
    does: fc.constant('move' as const),
    ref: fc.constantFrom(...refNames),
    to: fc.constantFrom('a', 'b', 'c', 'd', ''),
    told: fc.constantFrom(...told),
  });
}

const catchUp: fc.Arbitrary<Deed> = fc.constant({ does: 'catch up' as const });

async function live(deeds: readonly Deed[]) {
  const project = new PretendRefs().move('branch:main', 'a', 'never');
  await project.look();
  await project.look(4);
  const moved: string[][] = [];
  const told: SourceEvent[] = [];
  for (const deed of deeds) {
    if (deed.does === 'catch up') project.catchUp();
    else if (deed.does === 'look') {
      const { events } = await project.look(deed.minutes, deed);
      if (deed.keeps) told.push(...events);
    } else if (project.at(deed.ref) !== deed.to) {
      moved.push([deed.ref, project.at(deed.ref), deed.to]);
      project.move(deed.ref, deed.to, deed.told);
    }
  }
  project.catchUp();
  for (let round = 0; round < 4; round += 1) told.push(...(await project.look(1)).events);
  for (let round = 0; round < 8; round += 1) told.push(...(await project.look(16)).events);
  return { project, moved, told };
}

function isOf(ref: string, { subject }: SourceEvent): boolean {
  return subject === `acme/shop/api/${ref.replace(':', '/')}`;
}

/** The steps of branches, as `branch:main a b`. */
function stepsOf(events: readonly SourceEvent[]): string[] {
  return events.flatMap(({ key_parts }) => {
    const [, kind, , ref = '', before = '', after = ''] = key_parts;
    if (kind !== 'push') return [];
    return [[ref.replace('refs/heads/', 'branch:'), letterOf(before), letterOf(after)].join(' ')];
  });
}

function letterOf(digits: string): string {
  return ['a', 'b', 'c', 'd'].find((letter) => sha(letter) === digits) ?? '';
}

describe('the life of branches and tags', () => {
  it('is told step by step, each once, where the activity has all of it', async () => {
    const deeds = fc.array(fc.oneof(look, moveBy('at once')), { maxLength: 40 });
    const check = fc.asyncProperty(deeds, async (given) => {
      const { moved, told } = await live(given);
      expect(stepsOf(told)).toEqual(
        moved.filter(([ref = '']) => ref.startsWith('branch')).map((step) => step.join(' ')),
      );
      expect(told).toHaveLength(moved.length);
      expect(told.every(({ time_precision }) => time_precision === 'exact')).toBe(true);
      expect(new Set(told.map(({ key_parts }) => key_parts.join(' '))).size).toBe(told.length);
    });
    await fc.assert(check, { numRuns: 20 });
  });

  it('ends where things are, without a step twice, whatever the activity leaves out', async () => {
    const deeds = fc.array(fc.oneof(look, moveBy('at once', 'never')), { maxLength: 40 });
    const check = fc.asyncProperty(deeds, async (given) => {
      const { project, told } = await live(given);
      expect(new Set(told.map(({ key_parts }) => key_parts.join(' '))).size).toBe(told.length);
      for (const ref of refNames) {
        const steps = stepsOf(told.filter((event) => isOf(ref, event)));
        expect(leftOver(steps)).toEqual(ref.startsWith('tag') ? {} : wayOf(project, ref));
      }
    });
    await fc.assert(check, { numRuns: 20 });
  });

  it('ends where things are when the activity is late, too', async () => {
    const deeds = fc.array(fc.oneof(look, catchUp, moveBy('at once', 'late')), { maxLength: 40 });
    const check = fc.asyncProperty(deeds, async (given) => {
      const { project, told } = await live(given);
      expect(new Set(told.map(({ key_parts }) => key_parts.join(' '))).size).toBe(told.length);
      for (const ref of refNames) {
        const steps = stepsOf(told.filter((event) => isOf(ref, event)));
        expect(leftOver(steps)).toEqual(ref.startsWith('tag') ? {} : wayOf(project, ref));
      }
    });
    await fc.assert(check, { numRuns: 20 });
  });
});

/** Where steps begin more often than they end, and the other way round. */
function leftOver(steps: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const step of steps) {
    const [, before = '', after = ''] = step.split(' ');
    counts[before] = (counts[before] ?? 0) - 1;
    counts[after] = (counts[after] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}

function wayOf(project: PretendRefs, ref: string): Record<string, number> {
  const [begin, end] = [ref === 'branch:main' ? 'a' : '', project.at(ref)];
  return begin === end ? {} : { [begin]: -1, [end]: 1 };
}
