import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { releases } from '../../looks/releases/releases.js';
import { ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import { translateRelease } from '../release.js';
import { releaseWebhook } from './release.js';

const delivery = { id: 'd-1', receivedAt: '2026-11-24T10:00:00Z' };

const release = (more: object = {}) => ({
  id: 5,
  tag_name: 'v1',
  target_commitish: 'main',
  name: 'One',
  body: 'Apples',
  draft: false,
  prerelease: false,
  created_at: '2026-11-24T08:00:00Z',
  published_at: '2026-11-24T09:50:00Z',
  html_url: 'https://github.test/acme/api/releases/tag/v1',
  author: { login: 'ada' },
  assets: [],
  ...more,
});

const payload = (action: string, more: object = {}, changes?: object) => ({
  action,
  release: release(more),
  ...(changes && { changes }),
  repository: { id: 7, full_name: 'acme/api', html_url: 'https://github.test/acme/api' },
  sender: { login: 'bo' },
});

const told = (given: unknown, host = 'github.test') => releaseWebhook(given, host, delivery);

function eventOf(translation: Translation): SourceEvent {
  const [event] = translation.kind === 'events' ? translation.events : [];
  if (!event) throw new Error(`no event: ${JSON.stringify(translation)}`);
  return event;
}

/** What polling tells when the list goes from one state to the other. */
async function found(before: unknown[], after: unknown[]): Promise<SourceEvent[]> {
  const github = (json: unknown[]) =>
    new ScriptedGitHub().says('/repos/acme/api/releases?per_page=30', { json });
  const { state } = await runLook(releases, github(before));
  return (await runLook(releases, github(after), state)).events;
}

describe('a release that GitHub tells', () => {
  it.each([
    ['published', [], [release()], payload('published')],
    // Where nothing is said, one inlet has null and the other an empty text.
    [
      'edited',
      [release()],
      [release({ name: null, body: 'Pears' })],
      payload('edited', { name: '', body: 'Pears' }, { body: { from: 'Apples' } }),
    ],
    ['deleted', [release()], [], payload('deleted')],
  ])('is the fact that polling finds: %s', async (action, before, after, given) => {
    const [event, ...more] = await found(before, after);
    expect(more).toEqual([]);
    const webhook = eventOf(told(given));
    expect(webhook.type).toBe(`release_${action}`);
    for (const field of ['key_parts', 'type', 'subject', 'project', 'refs'] as const) {
      expect(webhook[field]).toEqual(event?.[field]);
    }
  });

  it('was published by whoever published it, not by whoever has drafted it', () => {
    expect(eventOf(told(payload('published')))).toMatchObject({ actor: 'bo', data: { author: 'ada' } });
  });

  it('keeps its key when something beside it has moved', () => {
    const moved = {
      updated_at: '2026-11-24T09:59:00Z',
      reactions: { total_count: 3 },
      discussion_url: 'https://github.test/d',
    };
    for (const action of ['published', 'edited', 'deleted']) {
      expect(eventOf(told(payload(action, moved))).key_parts).toEqual(
        eventOf(told(payload(action))).key_parts,
      );
    }
  });

  it('says who edited it and what was there before', () => {
    const event = eventOf(told(payload('edited', { body: 'Pears' }, { body: { from: 'Apples' } })));
    expect(event).toMatchObject({
      title: 'Release One (v1) edited: notes',
      actor: 'bo',
      timestamp: delivery.receivedAt,
      time_precision: 'gap',
      data: { changes: [{ field: 'notes', before: 'Apples', after: 'Pears' }] },
    });
  });

  it('of another host is another fact, though all ids are equal', () => {
    const [one, other] = ['github.com', 'git.acme.test'].map((host) =>
      eventOf(told(payload('published'), host)),
    );
    expect(one?.key_parts).not.toEqual(other?.key_parts);
  });

  it('is passed over under its other names, and as a draft', () => {
    for (const action of ['created', 'released', 'prereleased', 'unpublished']) {
      expect(told(payload(action)).kind).toBe('ignored');
    }
    for (const action of ['published', 'edited', 'deleted']) {
      expect(told(payload(action, { draft: true, published_at: null })).kind).toBe('ignored');
    }
    expect(told(payload('painted')).kind).toBe('unsupported');
  });

  it('never throws, whatever comes', () => {
    const repository = {
      host: 'github.test',
      id: 7,
      fullName: 'acme/api',
      webUrl: 'https://github.test/acme/api',
    };
    const parts = fc.dictionary(fc.constantFrom(...Object.keys(release())), fc.anything());
    fc.assert(
      fc.property(fc.anything(), parts, fc.anything(), (odd, more, changes) => {
        const kinds = ['events', 'ignored', 'unsupported'];
        expect(told(odd).kind).toBe('unsupported');
        expect(kinds).toContain(told({ ...payload('edited', more), changes }).kind);
        expect(kinds).toContain(translateRelease(release(more), null, repository, {}).kind);
      }),
    );
  });
});
