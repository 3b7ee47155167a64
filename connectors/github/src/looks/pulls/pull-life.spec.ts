import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Deed, PullLife } from '../../testing/pull-life.js';
import { runLook } from '../../testing/scripted-github.js';
import { head } from '../../testing/tickets.js';
import { pullRequestWebhook } from '../../translate/webhooks/pull-request.js';
import { issueEvents } from '../issues/issue-events.js';
import { pulls } from './pulls.js';

/** Looks at a life now and then, each time knowing what the look before has left. */
class Onlooker {
  /** Keys in the order they were told. */
  readonly told: string[][] = [];
  #pulls: Awaited<ReturnType<typeof runLook<Parameters<typeof pulls.look>[1]>>>['state'];
  #events: Awaited<ReturnType<typeof runLook<Parameters<typeof issueEvents.look>[1]>>>['state'];

  async look(life: PullLife): Promise<void> {
    const listed = await runLook(pulls, life.gitHub(), this.#pulls);
    const noted = await runLook(issueEvents, life.gitHub(), this.#events);
    this.#pulls = listed.state ?? this.#pulls;
    this.#events = noted.state ?? this.#events;
    this.told.push(...[...listed.events, ...noted.events].map(({ key_parts }) => [...key_parts]));
  }

  of(kind: string): string[][] {
    return this.told.filter((key) => key[3] === kind);
  }
}

/** What a key says beside the host and the pull request. */
function nameOf([, what = '', ...rest]: readonly string[]): string {
  return what === 'pr' ? rest.slice(1).join(' ') : [what, ...rest].join(' ');
}

function webhookKeys(life: PullLife): string[][] {
  return life.webhooks.flatMap((payload) => {
    const translation = pullRequestWebhook(payload, 'github.test');
    return translation.kind === 'events' ? translation.events.map(({ key_parts }) => [...key_parts]) : [];
  });
}

async function lived(deeds: Deed[], looksAfterEach = true): Promise<{ life: PullLife; eyes: Onlooker }> {
  const life = new PullLife(head.a);
  const eyes = new Onlooker();
  await eyes.look(life);
  for (const deed of deeds) {
    life.do(deed);
    if (looksAfterEach) await eyes.look(life);
  }
  await eyes.look(life);
  return { life, eyes };
}

describe('a pull request, looked at', () => {
  it('closed and opened twice is four facts, seen between or not', async () => {
    const deeds: Deed[] = ['close', 'reopen', 'close', 'reopen'];
    for (const between of [true, false]) {
      const { eyes } = await lived(deeds, between);
      const told = eyes.told.map((key) => nameOf(key).replace(/ .*/, ''));
      expect(told.sort()).toEqual([...Array<string>(4).fill('issue_event'), 'opened']);
      expect(new Set(eyes.told.map((key) => key.join())).size).toBe(5);
    }
  });

  it('is told under the keys that webhooks give, though comments have touched it since', async () => {
    const { life, eyes } = await lived([
      'comment',
      `push ${head.b}`,
      'comment',
      'close',
      'comment',
      'reopen',
    ]);
    life.do('merge');
    life.do('comment');
    await eyes.look(life);
    expect(webhookKeys(life)).toHaveLength(3);
    expect(eyes.told).toEqual(expect.arrayContaining(webhookKeys(life)));
  });

  it('does not count a webhook that knows only the commit as a head of its own', async () => {
    const { life, eyes } = await lived([`push ${head.b}`, `push ${head.a}`, `push ${head.b}`]);
    expect(eyes.of('head')).toHaveLength(3);
    const all = new Set([...webhookKeys(life), ...eyes.told].map((key) => key.join()));
    expect(all.size).toBe(eyes.told.length);
  });

  const deed = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<Deed>('close', 'reopen', 'retarget', 'comment') },
    { weight: 4, arbitrary: fc.constantFrom<Deed>(...Object.values(head).map((sha): Deed => `push ${sha}`)) },
    { weight: 1, arbitrary: fc.constant<Deed>('merge') },
  );
  const step = fc.record({ deed, lateBySeconds: fc.constantFrom(0, 0, 1), looks: fc.boolean() });

  it('has each of its facts told once, whenever it is looked at', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, early) => {
        const life = new PullLife(head.a);
        const eyes = new Onlooker();
        // Heads show as differences between looks: what lies between two looks of the same head can't be seen.
        const heads: string[] = [];
        const look = async () => {
          await eyes.look(life);
          heads.push(life.head);
        };
        if (early) await look();
        for (const { deed, lateBySeconds, looks } of steps) {
          life.do(deed, lateBySeconds);
          if (looks) await look();
        }
        await look();
        const named = eyes.told.map(nameOf);
        const facts = named.filter((fact) => !fact.startsWith('head'));
        expect(facts.sort()).toEqual([...life.happened].sort());
        expect(new Set(named).size).toBe(named.length);
        const delivered = webhookKeys(life).filter((key) => key[3] !== 'head');
        expect(eyes.told).toEqual(expect.arrayContaining(delivered));
        const moves = heads.filter((sha, index) => index > 0 && sha !== heads[index - 1]);
        expect(eyes.of('head').map((key) => key[4])).toEqual(moves);
      }),
      { numRuns: 60 },
    );
  });
});
