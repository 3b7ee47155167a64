import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Deed, MergeRequestLife } from '../../testing/merge-request-life.js';
import { runLook } from '../../testing/scripted-gitlab.js';
import { head } from '../../testing/tickets.js';
import { mergeRequestWebhook } from '../../translate/webhooks/merge-request.js';
import type { MergeRequestsState } from './merge-request-state.js';
import { mergeRequests } from './merge-requests.js';

/** Looks at a life now and then, each time knowing what the look before has left. */
class Onlooker {
  /** What was told, in its order: keys without the host and the kind of thing. */
  readonly told: string[] = [];
  #state: MergeRequestsState | undefined;
  #before: string | null = null;

  async look(life: MergeRequestLife): Promise<void> {
    const gitlab = life.gitLab();
    const run = await runLook(mergeRequests, gitlab, this.#state, { before: this.#before });
    this.#before = new Date(gitlab.now()).toISOString();
    this.#state = run.state ?? this.#state;
    this.told.push(...run.events.map(({ key_parts }) => key_parts.slice(3).join(' ')));
  }

  of(kind: string): string[] {
    return this.told.filter((fact) => fact.startsWith(kind));
  }
}

function webhookFacts(life: MergeRequestLife): string[] {
  return life.webhooks.flatMap((payload) => {
    const translation = mergeRequestWebhook(payload, 'gitlab.test');
    if (translation.kind !== 'events') return [];
    return translation.events.map(({ key_parts }) => key_parts.slice(3).join(' '));
  });
}

async function lived(deeds: Deed[], looksAfterEach = true) {
  const life = new MergeRequestLife();
  const eyes = new Onlooker();
  await eyes.look(life);
  for (const deed of deeds) {
    life.do(deed);
    if (looksAfterEach) await eyes.look(life);
  }
  await eyes.look(life);
  return { life, eyes };
}

const changesOf = (states: readonly string[]) =>
  states.filter((state, index) => index > 0 && state !== states[index - 1]);

describe('a merge request, looked at', () => {
  it('closed and opened twice is four facts, seen between or not', async () => {
    const deeds: Deed[] = ['close', 'reopen', 'close', 'reopen'];
    for (const between of [true, false]) {
      const { eyes } = await lived(deeds, between);
      expect(eyes.told).toEqual(['opened', 'closed 1', 'reopened 2', 'closed 3', 'reopened 4']);
    }
  });

  it('is told under the keys that webhooks give, though comments have touched it since', async () => {
    const { life, eyes } = await lived([
      'comment',
      `push ${head.b}`,
      'comment',
      'approve',
      'comment',
      'retarget',
      'unapprove',
      'merge',
      'comment',
    ]);
    expect(webhookFacts(life)).toHaveLength(6);
    expect(new Set(eyes.told)).toEqual(new Set(webhookFacts(life)));
  });

  const deed = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom<Deed>('close', 'reopen', 'retarget', 'comment', 'approve', 'unapprove'),
    },
    { weight: 3, arbitrary: fc.constantFrom<Deed>(...Object.values(head).map((sha): Deed => `push ${sha}`)) },
    { weight: 1, arbitrary: fc.constant<Deed>('merge') },
  );
  const step = fc.record({ deed, looks: fc.boolean() });

  it('has each of its facts told once, whenever it is looked at', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, early) => {
        const life = new MergeRequestLife();
        const eyes = new Onlooker();
        // What shows as a difference can't be seen where it is gone again before the next look.
        const seen = { target: [] as string[], approved: [] as string[] };
        const heads: string[] = [];
        let last: { head: string; pushed: number } | undefined;
        const look = async () => {
          await eyes.look(life);
          if (!last || last.head !== life.head) heads.push(...life.pushed.slice(last?.pushed));
          last = { head: life.head, pushed: life.pushed.length };
          seen.target.push(life.target);
          seen.approved.push(String(life.isApproved));
        };
        if (early) await look();
        for (const { deed, looks } of steps) {
          life.do(deed);
          if (looks) await look();
        }
        await look();
        expect(new Set(eyes.told).size).toBe(eyes.told.length);
        const noted = eyes.told.filter((fact) => /^(?:opened|merged|closed|reopened)/.test(fact));
        expect(noted.toSorted()).toEqual(life.happened.toSorted());
        expect(eyes.of('head').map((fact) => fact.split(' ')[1])).toEqual(heads);
        expect(eyes.of('target').map((fact) => fact.split(' ')[1])).toEqual(changesOf(seen.target));
        const approvals = eyes.told.filter((fact) => fact.includes('approved'));
        const whether = approvals.map((fact) => String(fact.startsWith('approved')));
        expect(whether).toEqual(changesOf(seen.approved));
      }),
      { numRuns: 60 },
    );
  });
});
