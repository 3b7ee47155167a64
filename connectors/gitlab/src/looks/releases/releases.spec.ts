import { describe, expect, it } from 'vitest';
import { ScriptedGitLab, runLook } from '../../testing/scripted-gitlab.js';
import { releases } from './releases.js';

const list = '/projects/7/releases?order_by=created_at&sort=desc&per_page=30';

const release = (number: number, more: object = {}) => {
  const at = `2026-11-24T09:${String(number).padStart(2, '0')}:00.512Z`;
  return {
    tag_name: `v${number}`,
    name: `Shop ${number}`,
    description: 'Apples',
    created_at: at,
    released_at: at,
    upcoming_release: false,
    author: { username: 'ada' },
    commit: { id: 'a'.repeat(40), title: 'Raise the limit' },
    assets: { count: 5, links: [{ id: 1, name: 'shop.tgz', url: 'https://acme.test/shop.tgz' }] },
    _links: { self: `https://gitlab.test/acme/shop/api/-/releases/v${number}` },
    ...more,
  };
};

const gitLab = (...json: unknown[]) => new ScriptedGitLab().says(list, { json });
const titles = (events: readonly { title: string }[]) => events.map(({ title }) => title);

/** Looks at one state after the other. */
async function watch(...states: unknown[][]) {
  let run = await runLook(releases, gitLab());
  const events = [...run.events];
  for (const json of states) {
    run = await runLook(releases, gitLab(...json), run.state);
    events.push(...run.events);
  }
  return events;
}

describe('releases', () => {
  it('of the days before are told at the first look, the oldest first, as the past', async () => {
    const long = '2026-10-01T00:00:00Z';
    const old = release(1, { created_at: long, released_at: long });
    const { events } = await runLook(releases, gitLab(release(3), release(2), old));
    expect(titles(events)).toEqual(['Release Shop 2 (v2) published', 'Release Shop 3 (v3) published']);
    expect(events.every(({ backfill }) => backfill === true)).toBe(true);
  });

  it('are told when they are made, although they are said to be of long ago', async () => {
    const [event] = await watch([release(4, { released_at: '2021-01-01T00:00:00Z' })]);
    expect(event).toMatchObject({
      title: 'Release Shop 4 (v4) published',
      timestamp: '2026-11-24T09:04:00.512Z',
      data: { released_at: '2021-01-01T00:00:00.000Z' },
    });
  });

  it('are read on until what is known or too old', async () => {
    const long = '2026-10-01T00:00:00Z';
    const pages = [
      [release(9)],
      [release(8), release(7)],
      [release(1, { created_at: long, released_at: long })],
      [{}],
    ];
    const { events, skipped } = await runLook(releases, new ScriptedGitLab().says(list, { pages }));
    expect([titles(events).length, skipped]).toEqual([3, []]);
    const { state } = await runLook(releases, gitLab(release(8)));
    const later = await runLook(releases, new ScriptedGitLab().says(list, { pages }), state);
    expect(titles(later.events)).toEqual(['Release Shop 7 (v7) published', 'Release Shop 9 (v9) published']);
  });

  it('cost one question when nothing is new, answered by the ETag', async () => {
    const gitlab = new ScriptedGitLab().says(list, { json: [release(1)], etag: '"one"' });
    const first = await runLook(releases, gitlab);
    const { events, state } = await runLook(releases, gitlab, first.state);
    expect([events, state, gitlab.asked]).toEqual([[], first.state, [list, list]]);
  });

  it('that are announced are told at their time, and not before', async () => {
    const announced = release(5, { released_at: '2026-11-24T10:30:00Z', upcoming_release: true });
    const scripted = (time: string, json: object) =>
      new ScriptedGitLab(Date.parse(time)).says(list, { json: [json], etag: '"one"' });
    const before = scripted('2026-11-24T10:00:00Z', announced);
    const first = await runLook(releases, before);
    const edited = await runLook(releases, before, first.state);
    const due = scripted('2026-11-24T10:31:00Z', { ...announced, upcoming_release: false });
    const { events } = await runLook(releases, due, edited.state);
    expect([first.events, edited.events, titles(events)]).toEqual([
      [],
      [],
      ['Release Shop 5 (v5) published'],
    ]);
    expect(events[0]?.timestamp).toBe('2026-11-24T10:30:00.000Z');
  });

  it('are told when they are edited, with what is another', async () => {
    const events = await watch([release(1)], [release(1, { name: 'One', description: 'x'.repeat(99) })]);
    expect(events[1]).toMatchObject({
      title: 'Release One (v1) edited: name, notes',
      time_precision: 'gap',
      data: {
        changes: [
          { field: 'name', before: 'Shop 1', after: 'One' },
          { field: 'notes', before: 'Apples' },
        ],
      },
    });
  });

  it('are not edited by what GitLab notes beside, but by another asset', async () => {
    const noted = release(1, { evidences: [{ sha: 'x' }], milestones: [{ title: 'Autumn' }] });
    expect(await watch([release(1)], [noted])).toHaveLength(1);
    const replaced = release(1, {
      assets: { links: [{ id: 2, name: 'shop.tgz', url: 'https://acme.test/2' }] },
    });
    expect(titles(await watch([release(1)], [replaced]))[1]).toBe('Release Shop 1 (v1) edited: assets');
  });

  it('that are edited back and forth are one change each time', async () => {
    const [one, other] = [[release(1)], [release(1, { description: 'Pears' })]];
    const events = await watch(one, other, one, other, one);
    expect(new Set(events.map(({ key_parts }) => key_parts.join(' '))).size).toBe(5);
    expect(events.map(({ key_parts }) => key_parts.length)).toEqual([6, 6, 6, 7, 7]);
  });

  it('that go are told; those that only move out of sight are not', async () => {
    const [first, second, third] = [release(1), release(2), release(3)];
    expect(titles(await watch([third, second, first], [third, first]))[3]).toBe(
      'Release Shop 2 (v2) deleted',
    );
    expect(titles(await watch([first], []))[1]).toBe('Release Shop 1 (v1) deleted');
    const { state } = await runLook(releases, gitLab(second, first));
    const pages = [[third, second], [first]];
    const { events } = await runLook(releases, new ScriptedGitLab().says(list, { pages }), state);
    expect(titles(events)).toEqual(['Release Shop 3 (v3) published']);
  });

  it('that go and come again under their tag are told each time', async () => {
    const [one, two] = ['2026-11-24T09:01:00Z', '2026-11-24T09:59:00Z'].map((at) => [
      release(1, { created_at: at, released_at: at }),
    ]);
    const events = await watch(one ?? [], two ?? [], []);
    expect(events.map(({ type }) => type?.replace('release_', ''))).toEqual([
      'published',
      'deleted',
      'published',
      'deleted',
    ]);
    expect(new Set(events.map(({ key_parts }) => key_parts.join(' '))).size).toBe(4);
  });

  it('that are odd are counted, and nothing is lost where there is no list', async () => {
    const { state } = await runLook(releases, gitLab(release(1)));
    const odd = await runLook(releases, gitLab(null, { tag_name: 5 }, release(1)), state);
    expect([odd.events, odd.skipped.length]).toEqual([[], 2]);
    const none = await runLook(releases, new ScriptedGitLab().says(list, { json: 'Hello' }), state);
    expect(none).toMatchObject({ events: [], state });
  });

  it('take a few KiB of the cursor at most, whatever characters they have', async () => {
    const page = Array.from({ length: 30 }, (_, index) =>
      release(59 - index, { name: 'a\0b', description: 'x'.repeat(5_000) }),
    );
    const { state } = await runLook(releases, gitLab(...page));
    expect(JSON.stringify(state).length).toBeLessThan(6_000);
    expect(JSON.stringify(state)).not.toMatch(/\\u0000/);
    const [first, ...rest] = page;
    const { events } = await runLook(releases, gitLab({ ...first, name: 'a\0c' }, ...rest), state);
    expect(events.map(({ data }) => data)).toMatchObject([{ changes: [{ field: 'name' }] }]);
  });
});
