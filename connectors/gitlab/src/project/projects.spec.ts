import { describe, expect, it } from 'vitest';
import { ProjectScene, StubLook, acme, byPath, refusal } from '../testing/project-scene.js';

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a project', () => {
  it('is found by its path and asked by its id, which no renaming moves', async () => {
    const push = new StubLook('push');
    const scene = new ProjectScene([push]);
    await scene.round();
    expect(scene.gitlab.asked).toEqual([byPath]);
    expect(push.rounds[0]?.round).toMatchObject({
      path: '/projects/7',
      project: {
        host: 'gitlab.test',
        id: 7,
        fullPath: 'acme/shop/api',
        webUrl: 'https://gitlab.test/acme/shop/api',
      },
    });
    expect(scene.cursor).toMatchObject({ repository: { id: 7, fullName: 'acme/shop/api' } });
  });

  it('says of what it was before the first look that it was made out by it, once', async () => {
    const scene = new ProjectScene([new StubLook('push')]);
    const day = 86_400_000;
    const [{ coverage: first }, { coverage: second }] = [await scene.round(), await scene.round()];
    const [past] = first;
    expect(past).toMatchObject({ kind: 'reconstructed', reason: 'Made out at the first look.' });
    expect(Date.parse(past?.to ?? '') - Date.parse(past?.from ?? '')).toBe(7 * day);
    expect([first.length, second]).toEqual([1, []]);
  });

  it('that was moved is led to from its former path, and goes on under its present one', async () => {
    const push = new StubLook('push');
    const scene = new ProjectScene([push]);
    await scene.round();
    const location = 'https://gitlab.test/api/v4/projects/7';
    scene.gitlab
      .says(byPath, { fails: refusal('moved', { headers: { location } }) })
      .says('/api/v4/projects/7', { json: { ...acme, path_with_namespace: 'acme/core/api' } });
    scene.restarted();
    const { coverage } = await scene.round();
    expect(push.rounds[1]).toMatchObject({
      known: 'quiet',
      round: { project: { fullPath: 'acme/core/api' } },
    });
    expect([scene.source.project, coverage]).toEqual(['acme/core/api', []]);
  });

  it('whose former path leads nowhere is found by its id', async () => {
    const push = new StubLook('push');
    const scene = new ProjectScene([push]);
    await scene.round();
    scene.gitlab
      .says(byPath, { fails: refusal('not-found') })
      .says('/projects/7', { json: { ...acme, path_with_namespace: 'acme/core/api' } });
    scene.restarted();
    await scene.round();
    expect(push.rounds[1]).toMatchObject({
      known: 'quiet',
      round: { project: { fullPath: 'acme/core/api' } },
    });
  });

  it('whose former path leads where the token is not sent is found by its id all the same', async () => {
    const scene = new ProjectScene([new StubLook('push')]);
    await scene.round();
    scene.gitlab.says(byPath, { fails: refusal('base-url-elsewhere') });
    scene.gitlab.says('/projects/7', { json: { ...acme, path_with_namespace: 'acme/web/api' } });
    scene.gitlab.pass(900);
    await scene.round();
    expect(scene.source.project).toBe('acme/web/api');
    scene.gitlab.says('/projects/7', { fails: refusal('base-url-elsewhere') });
    scene.gitlab.pass(900);
    expect(await failureOf(scene.round())).toMatchObject({ code: 'base-url-elsewhere' });
  });

  it('that took over the path of another is looked at from the beginning, and the gap is reported', async () => {
    const push = new StubLook('push');
    const scene = new ProjectScene([push]);
    await scene.round();
    scene.gitlab.says(byPath, { json: { ...acme, id: 8 } });
    scene.restarted();
    const { coverage } = await scene.round();
    expect(push.rounds[1]).toMatchObject({ known: undefined, round: { path: '/projects/8' } });
    expect(coverage).toMatchObject([
      { kind: 'blind', reason: 'Another project has this name now: the one before was deleted or renamed.' },
    ]);
  });

  it('of a group is that very one, whoever has its path', async () => {
    const push = new StubLook('push');
    const scene = new ProjectScene([push], { name: 'project:9', id: 9 });
    scene.gitlab.says('/projects/9', { json: { ...acme, id: 9, path_with_namespace: 'acme/core/api' } });
    await scene.round();
    expect(scene.gitlab.asked).toEqual(['/projects/9']);
    expect(scene.source.project).toBe('acme/core/api');
  });

  it('that is gone is asked for three times before somebody has to act', async () => {
    const scene = new ProjectScene([new StubLook('push')]);
    scene.gitlab.says(byPath, { fails: refusal('not-found') });
    const codes: unknown[] = [];
    for (let time = 0; time < 3; time++) {
      codes.push(((await failureOf(scene.round())) as { code: string }).code);
    }
    expect(codes).toEqual(['project-not-found', 'project-not-found', 'project-missing']);
  });

  it.each([
    ['that is archived', { archived: true }],
    ['that waits for its deletion', { marked_for_deletion_on: '2026-12-24' }],
  ])('%s is looked at now and then', async (_, state) => {
    const scene = new ProjectScene([new StubLook('push')]);
    scene.gitlab.says(byPath, { json: { ...acme, ...state } });
    await scene.round();
    expect(scene.source.intervalSeconds).toBe(900);
  });
});

describe('a refusal', () => {
  it('names the role, or the scope that GitLab says is missing', async () => {
    const [push, issue] = [new StubLook('push'), new StubLook('issue')];
    const body = JSON.stringify({ error: 'insufficient_scope', scope: 'api read_api' });
    push.usual = refusal('permission-missing');
    issue.usual = refusal('permission-missing', { body });
    expect(await failureOf(new ProjectScene([push, issue]).round())).toMatchObject({
      code: 'events-not-permitted',
      detail: 'Of acme/shop/api, pushes and issues can’t be read with this credential; all else is told.',
      remedy:
        'Give the token or its user the role Reporter and the scope read_api, or leave `push` and `issue` out of `events:`.',
    });
  });

  it('of what can’t be without what the project has switched off is no fault either', async () => {
    const [deployment, release] = [new StubLook('deployment'), new StubLook('release')];
    deployment.usual = refusal('permission-missing');
    release.usual = refusal('permission-missing');
    const scene = new ProjectScene([deployment, release]);
    const json = {
      ...acme,
      builds_access_level: 'disabled',
      environments_access_level: 'enabled',
      repository_access_level: 'disabled',
      releases_access_level: 'enabled',
    };
    scene.gitlab.says(byPath, { json });
    expect(await failureOf(scene.round())).toBeUndefined();
  });

  it('of what the project has switched off, or has no commit for, is no fault', async () => {
    const [pipeline, tags, images] = [
      new StubLook('pipeline'),
      new StubLook('tag_push'),
      new StubLook('container_image'),
    ];
    pipeline.usual = refusal('permission-missing');
    tags.usual = refusal('not-found');
    images.usual = refusal('not-found');
    const scene = new ProjectScene([pipeline, tags, images]);
    const json = { ...acme, builds_access_level: 'disabled', empty_repo: true };
    scene.gitlab.says(byPath, { json });
    for (let minute = 0; minute < 10; minute++) await scene.round();
    expect([pipeline, tags, images].map(({ rounds }) => rounds.length)).toEqual([1, 1, 1]);
    expect(scene.watermark).not.toBeNull();
  });
});
