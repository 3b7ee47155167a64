import { SourceError } from '@painchain/connector-sdk';
import { describe, expect, it, vi } from 'vitest';
import { ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import { translateWebhook } from '../../translate/webhook.js';
import { packages } from './packages.js';

const list = '/orgs/acme/packages?package_type=container&per_page=100';
const versionsOf = (name: string) => `/orgs/acme/packages/container/${name}/versions?per_page=100`;

const minute = 60_000;
const now = Date.UTC(2026, 10, 24, 10);
const ago = (ms: number) => new Date(now - ms).toISOString();

function pkg(updatedAt: string, fields: object = {}) {
  return {
    id: 11,
    name: 'api',
    package_type: 'container',
    updated_at: updatedAt,
    repository: { id: 7 },
    ...fields,
  };
}

function version(id: number, tags: string[], createdAt = ago(minute)) {
  const digest = `sha256:${String(id).padStart(64, '0')}`;
  return {
    id,
    name: digest,
    created_at: createdAt,
    updated_at: createdAt,
    html_url: `https://github.test/orgs/acme/packages/container/api/${id}`,
    metadata: { package_type: 'container', container: { tags } },
  };
}

/** A GitHub at a later time that lists these versions of the package `api`, the newest first. */
function listing(versions: unknown[], { time = now, etag = '"v"' }: { time?: number; etag?: string } = {}) {
  return new ScriptedGitHub(time)
    .says(list, { json: [pkg(new Date(time).toISOString())] })
    .says(versionsOf('api'), { json: versions, etag });
}

const told = ({ events }: { events: { type?: string | undefined; title: string }[] }) =>
  events.map(({ type, title }) => `${type}: ${title}`);

describe('container images', () => {
  it('are told since the beginning, the oldest first, what was before the first look as backfill', async () => {
    const github = listing([version(2, ['v1.1', 'latest']), version(1, ['v1.0'], ago(8 * 86_400_000))]);
    const run = await runLook(packages, github);
    expect(told(run)).toEqual(['image_published: Image api published: v1.1 and latest']);
    expect(run.events[0]).toMatchObject({
      key_parts: ['github.test', 'package_version', '2'],
      backfill: true,
      timestamp: ago(minute),
      refs: [
        `image:containers.github.test/acme/api@sha256:${'2'.padStart(64, '0')}`,
        'image:containers.github.test/acme/api:latest',
        'image:containers.github.test/acme/api:v1.1',
        'version:acme/api@v1.1',
      ],
    });
  });

  it('of a commit say it when a tag does', async () => {
    const sha = 'c0ffee00'.repeat(5);
    const { events } = await runLook(packages, listing([version(1, [sha])]));
    expect(events[0]?.refs).toContain(`commit:${sha}`);
  });

  it('are not asked for again while the package is as it was', async () => {
    const first = await runLook(packages, listing([version(1, ['a'])]));
    const later = new ScriptedGitHub(now + 20 * minute).says(list, { json: [pkg(ago(0))] });
    const second = await runLook(packages, later, first.state);
    expect(second.events).toEqual([]);
    expect(later.asked).toEqual([list]);
  });

  it('are asked for again for a while, for nothing where they are unchanged', async () => {
    const first = await runLook(packages, listing([version(1, ['a'])]));
    const github = new ScriptedGitHub(now + 2 * minute)
      .says(list, { json: [pkg(ago(0))] })
      .says(versionsOf('api'), { json: [version(2, ['never read'])], etag: '"v"' });
    const second = await runLook(packages, github, first.state);
    expect(second.events).toEqual([]);
    expect(github.asked).toEqual([list, versionsOf('api')]);
    expect(second.state).toEqual(first.state);
  });

  it('that could not be listed for a while are told when they can, though the package is as it was', async () => {
    const first = await runLook(packages, listing([version(1, ['a'])]));
    const published = { json: [pkg(ago(-minute))] };
    const failing = new ScriptedGitHub(now + 2 * minute)
      .says(list, published)
      .says(versionsOf('api'), { missing: true });
    const second = await runLook(packages, failing, first.state);
    expect(second.events).toEqual([]);
    const later = listing([version(2, ['b']), version(1, ['a'])], { time: now + 30 * minute, etag: '"w"' });
    const third = await runLook(packages, later.says(list, published), second.state);
    expect(told(third)).toEqual(['image_published: Image api published: b']);
  });

  it('are told from all pages that have news, once', async () => {
    const first = await runLook(packages, listing([version(1, ['a'])]));
    const time = now + 5 * minute;
    const pages = [
      [version(4, ['d'], ago(-4 * minute)), version(3, ['c'], ago(-3 * minute))],
      [version(2, ['b'], ago(-2 * minute)), version(1, ['a'])],
      [version(0, ['z'], ago(60 * minute))],
    ];
    const github = new ScriptedGitHub(time)
      .says(list, { json: [pkg(new Date(time).toISOString())] })
      .says(versionsOf('api'), { pages });
    const second = await runLook(packages, github, first.state);
    expect(second.events.map(({ data }) => data)).toMatchObject([
      { tags: ['z'] },
      { tags: ['b'] },
      { tags: ['c'] },
      { tags: ['d'] },
    ]);
    const third = await runLook(
      packages,
      listing(pages.flat(), { time: time + 1, etag: '"w"' }),
      second.state,
    );
    expect(third.events).toEqual([]);
  });

  it('that appear late, older than others, are told', async () => {
    const first = await runLook(packages, listing([version(5, ['e'])]));
    const late = [version(5, ['e']), version(4, ['d'], ago(30 * minute))];
    const second = await runLook(packages, listing(late, { time: now + minute, etag: '"w"' }), first.state);
    expect(told(second)).toEqual(['image_published: Image api published: d']);
  });

  it('are remembered within a room that a cursor has', async () => {
    const tags = Array.from({ length: 60 }, (_, index) => `tag-${index}`);
    const many = Array.from({ length: 30 }, (_, index) => version(100 - index, tags));
    const first = await runLook(packages, listing(many));
    expect(first.events).toHaveLength(30);
    expect(JSON.stringify(first.state).length).toBeLessThan(20_000);
    expect(first.state?.packages['11']?.versions.length).toBeGreaterThan(15);
    expect(first.state?.packages['11']?.versions.length).toBeLessThan(30);
    const more = [version(101, ['newest']), ...many];
    const second = await runLook(packages, listing(more, { time: now + minute, etag: '"w"' }), first.state);
    expect(told(second)).toEqual(['image_published: Image api published: newest']);
  });

  it('with more tags than are compared gain those that are surely new', async () => {
    const tags = Array.from({ length: 60 }, (_, index) => `t${String(index).padStart(2, '0')}`);
    const first = await runLook(packages, listing([version(1, ['latest', ...tags])]));
    const gone = await runLook(
      packages,
      listing([version(1, tags)], { time: now + minute, etag: '"w"' }),
      first.state,
    );
    expect(gone.events).toEqual([]);
    const more = [version(1, ['canary', ...tags])];
    const gained = await runLook(packages, listing(more, { time: now + minute, etag: '"x"' }), gone.state);
    expect(told(gained)).toEqual(['image_tagged: Image api tagged canary']);
  });

  it('without a tag are a part of another, until they get one', async () => {
    const first = await runLook(packages, listing([version(1, [])]));
    expect(first.events).toEqual([]);
    expect(first.skipped).toEqual([{ kind: 'ignored', reason: 'an image without a tag: a part of another' }]);
    const second = await runLook(
      packages,
      listing([version(1, ['v2'])], { time: now + minute, etag: '"w"' }),
      first.state,
    );
    expect(told(second)).toEqual(['image_tagged: Image api tagged v2']);
  });
});

describe('a tag that moves to and fro', () => {
  it('is three changes, told by the version that gets it', async () => {
    let { state } = await runLook(packages, listing([version(2, ['latest', 'v2']), version(1, ['v1'])]));
    const keys: string[] = [];
    const moves = [1, 2, 1, 2];
    for (const [index, holder] of moves.entries()) {
      const tagged = [
        version(2, holder === 2 ? ['latest', 'v2'] : ['v2']),
        version(1, holder === 1 ? ['latest', 'v1'] : ['v1']),
      ];
      const run = await runLook(
        packages,
        listing(tagged, { time: now + (index + 1) * minute, etag: `"${index}"` }),
        state,
      );
      ({ state } = run);
      expect(run.events).toHaveLength(1);
      expect(run.events[0]).toMatchObject({
        type: 'image_tagged',
        time_precision: 'gap',
        data: { tags_added: ['latest'] },
      });
      keys.push(...run.events.map(({ key_parts }) => key_parts.join(' ')));
    }
    expect(keys).toEqual([
      'github.test package_version 1 tags latest,v1',
      'github.test package_version 2 tags latest,v2',
      'github.test package_version 1 tags latest,v1 2',
      'github.test package_version 2 tags latest,v2 2',
    ]);
  });
});

describe('the list of an owner', () => {
  it('is asked for once a minute, however many repositories want to know', async () => {
    const github = new ScriptedGitHub(now).says(list, {
      json: [pkg(ago(0), { repository: { id: 9 } })],
      etag: '"l"',
    });
    await Promise.all(Array.from({ length: 100 }, () => runLook(packages, github)));
    expect(github.asked).toEqual([list]);
  });

  it('is asked for as a user’s where the owner is no organisation, and then at once', async () => {
    const users = list.replace('orgs', 'users');
    const github = new ScriptedGitHub(now).says(list, { missing: true }).says(users, { json: [] });
    await runLook(packages, github);
    vi.spyOn(github, 'now').mockReturnValue(now + 2 * minute);
    await runLook(packages, github);
    expect(github.asked).toEqual([list, users, users]);
  });

  it('that may not be seen is one refusal, with what helps', async () => {
    const github = new ScriptedGitHub(now)
      .says(list, { missing: true })
      .says(list.replace('orgs', 'users'), { missing: true });
    const refusals = await Promise.all(
      [1, 2].map(() => runLook(packages, github).catch((error: unknown) => error)),
    );
    expect(github.asked).toHaveLength(2);
    for (const refusal of refusals) {
      expect(refusal).toBeInstanceOf(SourceError);
      expect(refusal).toMatchObject({ kind: 'configuration', code: 'packages-not-permitted' });
      expect((refusal as SourceError).remedy).toContain('read:packages');
    }
  });

  it('of another shape is no news', async () => {
    for (const odd of [null, 'list', {}, [null, { id: 'x' }, pkg(ago(0), { repository: null })]]) {
      const run = await runLook(packages, new ScriptedGitHub(now).says(list, { json: odd }));
      expect(run.events).toEqual([]);
    }
    const run = await runLook(packages, listing([null, { id: 3 }, 'x', { ...version(1, []), metadata: 7 }]));
    expect(run.events).toEqual([]);
  });
});

it('a webhook of an image, which has one of its tags only, leaves it to the look', async () => {
  const { events } = await runLook(packages, listing([version(42, ['v3', 'latest'])]));
  expect(events.map(({ data }) => data)).toMatchObject([{ tags: ['latest', 'v3'] }]);
  const published = {
    name: 'api',
    package_type: 'CONTAINER',
    package_version: { id: 42, container_metadata: { tag: { name: 'v3', digest: version(42, []).name } } },
  };
  const repository = { id: 7, full_name: 'acme/api', html_url: 'https://github.test/acme/api' };
  const delivery = { id: '1', receivedAt: ago(0) };
  for (const name of ['package', 'registry_package']) {
    for (const action of ['published', 'updated']) {
      const payload = { action, [name]: published, repository };
      expect(translateWebhook(name, payload, 'github.test', delivery)).toEqual({
        kind: 'ignored',
        reason: 'told by polling, which knows more of it',
      });
    }
  }
});
