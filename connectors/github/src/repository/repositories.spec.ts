import type { SourceError } from '@painchain/connector-sdk';
import { InstantClock } from '@painchain/connector-sdk/testing';
import { describe, expect, it, vi } from 'vitest';
import { RepositoryScene, StubLook, acme, event, moved } from '../testing/repository-scene.js';
import { refusal } from '../testing/scripted-connection.js';

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a round', () => {
  it('takes all looks, each by what it knew, and has then seen everything', async () => {
    const [push, tag] = [new StubLook('push'), new StubLook('tag')];
    push.answers = [[{ events: [event()] }, { events: [event()], state: 'a' }]];
    const scene = new RepositoryScene([push, tag]);
    const began = scene.github.at;
    const first = await scene.round();
    expect(first.events).toHaveLength(2);
    expect(first.watermark).toBe(new Date(Date.parse(began) - 15_000).toISOString());
    expect(push.rounds[0]).toMatchObject({
      known: undefined,
      round: {
        at: began,
        before: null,
        started: began,
        beginning: '2026-11-17T10:00:00.000Z',
        path: '/repos/acme/api',
        repository: { host: 'github.test', id: 7, fullName: 'acme/api' },
      },
    });
    await scene.round();
    expect(push.rounds[1]).toMatchObject({ known: 'a', round: { before: began, started: began } });
  });

  it('goes on from its cursor in another process', async () => {
    const push = new StubLook('push');
    const scene = new RepositoryScene([push]);
    const began = scene.github.at;
    await scene.round();
    scene.restarted();
    await scene.round();
    expect(push.rounds[1]).toMatchObject({ known: 'quiet', round: { started: began, before: began } });
  });

  it('writes no cursor when nothing has changed, and knows its last look all the same', async () => {
    const push = new StubLook('push');
    const scene = new RepositoryScene([push]);
    await scene.round();
    const second = scene.github.at;
    const quiet = await scene.round();
    expect(quiet.pages.map(({ cursor }) => cursor)).toEqual([undefined]);
    await scene.round();
    expect(push.rounds[2]?.round.before).toBe(second);
  });

  it('takes a slow look when it is due, and has seen everything up to its last one', async () => {
    const [push, slow] = [new StubLook('push'), new StubLook('configuration', 900)];
    const scene = new RepositoryScene([push, slow]);
    const began = Date.parse(scene.github.at);
    for (let minute = 0; minute < 15; minute++) await scene.round();
    expect([push.rounds.length, slow.rounds.length]).toEqual([15, 1]);
    expect(scene.watermark).toBe(new Date(began - 15_000).toISOString());
    await scene.round();
    expect(slow.rounds).toHaveLength(2);
    expect(scene.watermark).toBe(new Date(began + 900_000 - 15_000).toISOString());
  });

  it('takes a slow look also when a clock that was wrong has dated the last one', async () => {
    const slow = new StubLook('configuration', 900);
    const scene = new RepositoryScene([slow]);
    await scene.round();
    scene.github.pass(-5 * 3_600);
    scene.restarted();
    await scene.round();
    expect(slow.rounds).toHaveLength(2);
  });

  it('starts only the look anew whose state can’t be read', async () => {
    const [push, tag] = [new StubLook('push'), new StubLook('tag')];
    const scene = new RepositoryScene([push, tag]);
    await scene.round();
    const cursor = scene.cursor as { looks: Record<string, { state: unknown }> };
    cursor.looks.tag = { ...cursor.looks.tag, state: { of: 'another version' } };
    const { coverage } = await scene.round();
    expect([push.rounds[1]?.known, tag.rounds[1]?.known]).toEqual(['quiet', undefined]);
    expect(tag.rounds[1]?.round.started).toBe(push.rounds[0]?.round.at);
    expect(coverage).toMatchObject([{ kind: 'blind' }]);
    scene.cursor = 'nonsense';
    await scene.round();
    expect(push.rounds[2]?.known).toBeUndefined();
  });

  it('lets what is too large to remember give way, and says so', async () => {
    const [push, tag] = [new StubLook('push'), new StubLook('tag')];
    tag.usual = [{ events: [], state: 'x'.repeat(2_000_000) }];
    const scene = new RepositoryScene([push, tag]);
    const began = scene.github.at;
    await scene.round();
    const { coverage } = await scene.round();
    expect(push.rounds[1]?.known).toBe('quiet');
    expect(tag.rounds[1]).toMatchObject({ known: undefined, round: { beginning: began, started: began } });
    expect(coverage).toMatchObject([{ from: began, kind: 'blind' }]);
  });
});

describe('a refusal', () => {
  it('of one kind keeps no other from being told, and says what helps', async () => {
    const [deployment, push, release] = (['deployment', 'push', 'release'] as const).map(
      (kind) => new StubLook(kind),
    ) as [StubLook, StubLook, StubLook];
    deployment.usual = refusal('permission-missing');
    release.usual = refusal('not-found');
    push.usual = [{ events: [event()], state: 'a' }];
    const scene = new RepositoryScene([deployment, push, release]);
    expect(await failureOf(scene.round())).toMatchObject({
      code: 'events-not-permitted',
      kind: 'configuration',
      detail: expect.stringContaining('deployments and releases') as string,
      remedy:
        'Give the token or App Deployments: read and Contents: read, or leave `deployment` and `release` out of `events:`.',
    });
    expect(scene.cursor).toMatchObject({ looks: { push: { state: 'a' } } });
    expect(scene.watermark).toBeNull();
  });

  it('is asked about no more often than every five minutes, and shown meanwhile', async () => {
    const [push, deployment] = [new StubLook('push'), new StubLook('deployment')];
    deployment.answers = [refusal('permission-missing')];
    const scene = new RepositoryScene([push, deployment]);
    for (let minute = 0; minute < 5; minute++) {
      expect(await failureOf(scene.round())).toMatchObject({ code: 'events-not-permitted' });
      scene.github.pass(60);
    }
    expect([push.rounds.length, deployment.rounds.length]).toEqual([5, 1]);
    expect(scene.watermark).toBeNull();
    await scene.round();
    expect(deployment.rounds).toHaveLength(2);
    expect(scene.watermark).not.toBeNull();
  });

  it('that needs a human comes back in the repository’s rhythm, stretched as all others, as does an outage', async () => {
    const deployment = new StubLook('deployment');
    deployment.usual = refusal('permission-missing');
    const scene = new RepositoryScene([deployment]);
    vi.spyOn(scene.github, 'pace').mockReturnValue(4);
    expect(await failureOf(scene.round())).toMatchObject({ retryAfterMs: 90_000 * 4 });
    scene.github.says('/repos/acme/api', { fails: refusal('sso-required') });
    scene.restarted();
    expect(await failureOf(scene.round())).toMatchObject({ code: 'sso-required', retryAfterMs: 90_000 * 4 });
    scene.github.says('/repos/acme/api', { fails: refusal('github-failing', 'upstream') });
    expect(await failureOf(scene.round())).toMatchObject({ retryAfterMs: 90_000 });
    scene.github.says('/repos/acme/api', { fails: refusal('credential-refused') });
    expect(await failureOf(scene.round())).toMatchObject({ retryAfterMs: undefined });
  });

  it('of what is switched off is none: there is nothing to see, and it is seldom asked for', async () => {
    const [issues, runs] = [new StubLook('issues'), new StubLook('workflow_run')];
    issues.usual = refusal('gone');
    runs.usual = refusal('not-found');
    const scene = new RepositoryScene([issues, runs]);
    for (let minute = 0; minute < 16; minute++) await scene.round();
    expect([issues.rounds.length, runs.rounds.length]).toEqual([2, 2]);
    expect(scene.watermark).not.toBeNull();
  });

  it('that is an outage ends the round at once; what was seen before is kept', async () => {
    const [push, tag, release] = [new StubLook('push'), new StubLook('tag'), new StubLook('release')];
    tag.answers = [refusal('github-failing', 'upstream')];
    const scene = new RepositoryScene([push, tag, release]);
    expect(await failureOf(scene.round())).toMatchObject({ code: 'github-failing' });
    expect(release.rounds).toHaveLength(0);
    await scene.round();
    expect(push.rounds[1]?.known).toBe('quiet');
    expect(tag.rounds[1]?.round.started).toBe(push.rounds[0]?.round.started);
  });
});

describe('a repository', () => {
  it('that was renamed is followed, under its new name', async () => {
    const push = new StubLook('push');
    const scene = new RepositoryScene([push]);
    await scene.round();
    scene.github
      .says('/repos/acme/api', { fails: moved('https://api.github.test/repositories/7') })
      .says('/repositories/7', { json: { ...acme, full_name: 'acme/core' } });
    push.answers = [moved('https://api.github.test/repositories/7/activity')];
    await scene.round();
    expect(push.rounds.map(({ round }) => round.path)).toEqual([
      '/repos/acme/api',
      '/repos/acme/api',
      '/repos/acme/core',
    ]);
    expect(scene.source.project).toBe('acme/core');
    expect(scene.cursor).toMatchObject({ repository: { id: 7, fullName: 'acme/core' } });
  });

  it('is not followed to a stranger', async () => {
    const scene = new RepositoryScene([new StubLook('push')]);
    scene.github.says('/repos/acme/api', { fails: moved('https://evil.example/repositories/7') });
    expect(await failureOf(scene.round())).toMatchObject({ code: 'moved' });
    expect(scene.github.asked).toEqual(['/repos/acme/api']);
  });

  it('that is gone is asked for three times before somebody has to act; when it is back it goes on', async () => {
    const push = new StubLook('push');
    const scene = new RepositoryScene([push]);
    await scene.round();
    push.answers = [refusal('not-found')];
    scene.github.says('/repos/acme/api', { fails: refusal('not-found') });
    const codes: unknown[] = [];
    for (let time = 0; time < 4; time++) {
      const { code, retryAfterMs } = (await failureOf(scene.round())) as SourceError;
      codes.push(code);
      // Three times within a second would be once.
      expect(retryAfterMs).toBeGreaterThanOrEqual(20_000);
    }
    expect(codes).toEqual([
      'repository-not-found',
      'repository-not-found',
      'repository-missing',
      'repository-missing',
    ]);
    scene.github.says('/repos/acme/api', { json: acme });
    await scene.round();
    expect(push.rounds.at(-1)?.known).toBe('quiet');
  });

  it('that may not be read says so by its name', async () => {
    const scene = new RepositoryScene([new StubLook('push')]);
    scene.github.says('/repos/acme/api', { fails: refusal('permission-missing') });
    expect(await failureOf(scene.round())).toMatchObject({
      code: 'repository-not-permitted',
      detail: 'The credential may not read acme/api.',
    });
  });

  it('that is another one under the same name is looked at from the beginning', async () => {
    const push = new StubLook('push');
    const scene = new RepositoryScene([push]);
    await scene.round();
    const seen = scene.watermark;
    scene.github.says('/repos/acme/api', { json: { ...acme, id: 8 } });
    scene.restarted();
    const { coverage } = await scene.round();
    expect(push.rounds[1]).toMatchObject({ known: undefined, round: { repository: { id: 8 } } });
    expect(coverage).toMatchObject([{ from: seen, kind: 'blind' }]);
    expect(scene.cursor).toMatchObject({ repository: { id: 8 } });
  });

  it('of an owner’s list is that very one, whoever has its name', async () => {
    const scene = new RepositoryScene([new StubLook('push')], { id: 9 });
    expect(await failureOf(scene.round())).toMatchObject({ code: 'repository-not-found' });
  });

  it('is asked who it is every quarter of an hour', async () => {
    const scene = new RepositoryScene([new StubLook('push')]);
    for (let minute = 0; minute < 16; minute++) await scene.round();
    expect(scene.github.asked).toEqual(['/repos/acme/api', '/repos/acme/api']);
  });
});

describe('the interval', () => {
  it('widens where nothing happens while there is more to ask than the limit bears', async () => {
    const push = new StubLook('push');
    const scene = new RepositoryScene([push]);
    const pace = vi.spyOn(scene.github, 'pace').mockReturnValue(1);
    const secondsAfterRound = async () => {
      await scene.round();
      return scene.source.intervalSeconds;
    };
    expect(await secondsAfterRound()).toBe(60);
    pace.mockReturnValue(2);
    expect(await secondsAfterRound()).toBe(2 * 90);
    push.answers = [[{ events: [], state: 'quiet', busy: true }]];
    expect(await secondsAfterRound()).toBe(2 * 60);
  });

  it('widens where nothing happens when the process comes later than planned', async () => {
    const scene = new RepositoryScene([new StubLook('push')]);
    const seconds: number[] = [];
    for (const minute of [0, 1, 2, 6]) {
      await scene.round(new InstantClock(Date.UTC(2026, 10, 24, 10, minute)));
      seconds.push(scene.source.intervalSeconds);
    }
    expect(seconds).toEqual([60, 60, 60, 90]);
  });

  it('is long for an archived repository, and where webhooks tell the rest', async () => {
    const archived = new RepositoryScene([new StubLook('push')]);
    archived.github.says('/repos/acme/api', { json: { ...acme, archived: true } });
    await archived.round();
    expect(archived.source.intervalSeconds).toBe(900);
    const hooked = new RepositoryScene([new StubLook('push')], {}, { enabled: false, interval: 60 });
    await hooked.round();
    expect(hooked.source.intervalSeconds).toBe(900);
  });
});
