import { describe, expect, it } from 'vitest';
import { ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import { releases } from './releases.js';

const list = '/repos/acme/api/releases?per_page=30';

const release = (id: number, more: object = {}) => ({
  id,
  tag_name: `v${id}`,
  target_commitish: 'main',
  name: `Shop ${id}`,
  body: 'Apples',
  draft: false,
  prerelease: false,
  created_at: '2026-11-24T08:00:00Z',
  published_at: `2026-11-24T09:${String(id).padStart(2, '0')}:00Z`,
  html_url: `https://github.test/acme/api/releases/tag/v${id}`,
  author: { login: 'ada' },
  assets: [{ id: 1, name: 'shop.tgz', size: 5, content_type: 'application/gzip', download_count: 0 }],
  ...more,
});

const gitHub = (...json: unknown[]) => new ScriptedGitHub().says(list, { json });
const titles = (events: readonly { title: string }[]) => events.map(({ title }) => title);

/** Looks at one state after the other. */
async function watch(...states: unknown[][]) {
  let run = await runLook(releases, gitHub());
  const events = [...run.events];
  for (const json of states) {
    run = await runLook(releases, gitHub(...json), run.state);
    events.push(...run.events);
  }
  return events;
}

describe('releases', () => {
  it('of the days before are told at the first look, the oldest first, as the past', async () => {
    const old = release(1, { published_at: '2026-10-01T00:00:00Z' });
    const draft = release(4, { draft: true, published_at: null });
    const { events } = await runLook(releases, gitHub(draft, release(3), release(2), old));
    expect(titles(events)).toEqual(['Release Shop 2 (v2) published', 'Release Shop 3 (v3) published']);
    expect(events.every(({ backfill }) => backfill === true)).toBe(true);
  });

  it('are read on until what is known or too old', async () => {
    const old = release(1, { published_at: '2026-10-01T00:00:00Z' });
    const pages = [[release(9)], [release(8), release(7)], [old], [{}]];
    const { events, skipped } = await runLook(releases, new ScriptedGitHub().says(list, { pages }));
    expect([titles(events).length, skipped]).toEqual([3, []]);
    const { state } = await runLook(releases, gitHub(release(8)));
    const later = await runLook(releases, new ScriptedGitHub().says(list, { pages }), state);
    expect(titles(later.events)).toEqual(['Release Shop 7 (v7) published', 'Release Shop 9 (v9) published']);
  });

  it('cost one question when nothing is new, answered by the ETag', async () => {
    const github = new ScriptedGitHub().says(list, { json: [release(1)], etag: '"one"' });
    const first = await runLook(releases, github);
    const { events, state } = await runLook(releases, github, first.state);
    expect([events, state, github.asked]).toEqual([[], first.state, [list, list]]);
  });

  it('are told when a draft is published, and not before', async () => {
    const draft = release(5, { draft: true, published_at: null });
    const events = await watch([draft], [{ ...draft, body: 'Pears' }], [release(5)], [release(5)]);
    expect(titles(events)).toEqual(['Release Shop 5 (v5) published']);
  });

  it('are told when they are edited, with what is another', async () => {
    const events = await watch(
      [release(1)],
      [release(1, { prerelease: true, name: 'One', body: 'x'.repeat(99) })],
    );
    expect(events[1]).toMatchObject({
      title: 'Release One (v1) edited: name, notes, prerelease',
      time_precision: 'gap',
      data: {
        changes: [
          { field: 'name', before: 'Shop 1', after: 'One' },
          { field: 'notes', before: 'Apples' },
          { field: 'prerelease', before: 'false', after: 'true' },
        ],
      },
    });
  });

  it('are not edited by a download, nor by what GitHub notes beside', async () => {
    const [asset] = release(1).assets;
    const downloaded = release(1, {
      assets: [{ ...asset, download_count: 9 }],
      updated_at: '2026-11-24T09:59:00Z',
      reactions: {},
    });
    expect(await watch([release(1)], [downloaded])).toHaveLength(1);
    const replaced = release(1, { assets: [{ ...asset, id: 2 }] });
    expect(titles(await watch([release(1)], [replaced]))[1]).toBe('Release Shop 1 (v1) edited: assets');
  });

  it('that are edited back and forth are one change each time', async () => {
    const [one, other] = [[release(1)], [release(1, { body: 'Pears' })]];
    const events = await watch(one, other, one, other, one);
    expect(new Set(events.map(({ key_parts }) => key_parts.join(' '))).size).toBe(5);
    expect(events.map(({ key_parts }) => key_parts.length)).toEqual([5, 5, 5, 6, 6]);
  });

  it('that go are told; those that only move out of sight are not', async () => {
    const [first, second, third] = [release(1), release(2), release(3)];
    expect(titles(await watch([third, second, first], [third, first]))[3]).toBe(
      'Release Shop 2 (v2) deleted',
    );
    expect(titles(await watch([first], []))[1]).toBe('Release Shop 1 (v1) deleted');
    const { state } = await runLook(releases, gitHub(second, first));
    const pages = [[third, second], [first]];
    const moved = await runLook(releases, new ScriptedGitHub().says(list, { pages }), state);
    expect(titles(moved.events)).toEqual(['Release Shop 3 (v3) published']);
  });

  it('that can’t be read are counted; what is no list makes none go away', async () => {
    const { state } = await runLook(releases, gitHub(release(1)));
    const odd = await runLook(releases, gitHub(null, { id: 5 }, release(1)), state);
    expect([odd.events, odd.skipped.length]).toEqual([[], 2]);
    const none = await runLook(releases, new ScriptedGitHub().says(list, { json: 'Hello' }), state);
    expect(none).toMatchObject({ events: [], state });
  });

  it('with odd characters are kept so that a cursor can hold them, and are compared nevertheless', async () => {
    const odd = release(1, { name: 'a\0b', tag_name: 'v1\ud800', body: '\n' });
    const { state } = await runLook(releases, gitHub(odd));
    expect(JSON.stringify(state)).not.toMatch(/\\u(?:0000|d800)|\\n/i);
    const { events } = await runLook(releases, gitHub({ ...odd, name: 'a\0c' }), state);
    expect(events.map(({ data }) => data)).toMatchObject([{ changes: [{ field: 'name' }] }]);
  });

  it('take a few KiB of the cursor at most', async () => {
    const page = Array.from({ length: 30 }, (_, index) => release(59 - index, { body: 'x'.repeat(5_000) }));
    const { state } = await runLook(releases, gitHub(...page));
    expect(JSON.stringify(state).length).toBeLessThan(6_000);
  });
});
