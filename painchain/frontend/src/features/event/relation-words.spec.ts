import type { RelatedEvent } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { missingWords, nearest, reasonsInWords, refWords, relationWords } from './relation-words.js';

const sha = '3f2a9c1b5d6e7f8091a2b3c4d5e6f708192a3b4c';

describe('a correlation key', () => {
  it.each([
    [`commit:${sha}`, 'commit 3f2a9c1b'],
    [
      `image:registry.example.com/acme/api@sha256:${sha}${'0'.repeat(24)}`,
      'image registry.example.com/acme/api@sha256:3f2a9c1b',
    ],
    ['change:acme/api#12', 'change acme/api#12'],
    ['ticket', 'ticket'],
    ['', ''],
    [':x', 'x'],
  ])('%s reads as %s', (ref, words) => {
    expect(refWords(ref)).toBe(words);
  });
});

describe('why an event is related', () => {
  const titles = new Map([['evt_2', 'Build 42']]);
  const words = (relation: Parameters<typeof relationWords>[0]) =>
    relationWords(relation, 'evt_1', (id) => titles.get(id));

  it('is the key that it shares, and with which event when not with this one', () => {
    expect(words({ kind: 'ref', ref: `commit:${sha}`, from: 'evt_1' })).toBe('shares commit 3f2a9c1b');
    expect(words({ kind: 'ref', ref: 'change:a#1', from: 'evt_2' })).toBe(
      'shares change a#1 with “Build 42”',
    );
    expect(words({ kind: 'ref', ref: 'change:a#1', from: 'evt_9' })).toBe('shares change a#1');
    titles.set('evt_3', '🚀'.repeat(60));
    expect(words({ kind: 'ref', ref: 'change:a#1', from: 'evt_3' })).toMatch(/“(?:🚀){48}…”$/u);
  });

  it('is the subject, or the actor with the time between', () => {
    expect(words({ kind: 'subject', subject: 'acme/api/run/42' })).toBe('same subject');
    expect(words({ kind: 'actor', actor: 'ada', seconds: 240 })).toBe('same actor, 4 m later');
    expect(words({ kind: 'actor', actor: 'ada', seconds: -12 })).toBe('same actor, 12 s earlier');
    expect(words({ kind: 'actor', actor: 'ada', seconds: 0 })).toBe('same actor, at the same moment');
  });
});

it('says which stage nothing was seen of', () => {
  expect(missingWords('pipeline')).toBe('No pipeline was seen');
});

it('says the strongest reasons, and how many more there are', () => {
  expect(reasonsInWords(['a', 'b'])).toBe('a · b');
  expect(reasonsInWords(['a', 'b', 'c', 'd'])).toBe('a · b · and 2 more');
  expect(reasonsInWords([])).toBe('');
});

it('keeps what happened closest to a moment, in its order', () => {
  const at = (second: number) =>
    ({ row: { timestamp: `2026-11-24T10:35:0${second}Z` }, stage: null, why: [] }) as unknown as RelatedEvent;
  const events = [9, 6, 4, 1].map(at);
  expect(nearest(events, Date.parse('2026-11-24T10:35:05Z'), 2)).toEqual([events[1], events[2]]);
  expect(nearest(events, 0, 9)).toEqual(events);
});
