import { describe, expect, it } from 'vitest';
import { parseHomeSearch } from '../../address/home-search.js';
import { parseSearchText } from '../../search-text.js';
import { absoluteSearch, exportUrl, exportWords, linkTo } from './share.js';

const now = Date.parse('2026-11-24T10:35:04.000Z');
const read = (text: string) => parseHomeSearch(parseSearchText(text));
const parametersOf = (url: string) => Object.fromEntries(new URL(url, 'http://x').searchParams);

describe('an address with its time fixed', () => {
  it('has instants in place of a relative time, and all else as it was', () => {
    expect(absoluteSearch(read('?q=status:failure&range=24h&e=evt_1&cols=tag&zone=utc'), now)).toEqual({
      q: 'status:failure',
      from: '2026-11-23T10:35:04.000Z',
      to: '2026-11-24T10:35:04.000Z',
      e: 'evt_1',
      cols: ['tag'],
      zone: 'utc',
    });
  });

  it('keeps an end that it has, and takes the present for one that it has not', () => {
    expect(absoluteSearch(read('?range=yesterday&zone=utc'), now)).toMatchObject({
      from: '2026-11-23T00:00:00.000Z',
      to: '2026-11-24T00:00:00.000Z',
    });
    expect(absoluteSearch({}, now)).toEqual({ to: '2026-11-24T10:35:04.000Z' });
    const given = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' };
    expect(absoluteSearch(given, now)).toEqual(given);
    expect(absoluteSearch({ from: given.from }, now)).toEqual({ ...given, to: '2026-11-24T10:35:04.000Z' });
  });

  it('means the same at any later time, in a link', () => {
    const link = new URL(linkTo(absoluteSearch(read('?q=a%26b&range=1h'), now), 'https://pain.example'));
    expect(link.pathname).toBe('/home');
    const opened = read(link.search);
    expect(opened).toEqual(absoluteSearch(opened, now + 1e9));
    expect(opened.q).toBe('a&b');
  });
});

describe('a file of what is on the screen', () => {
  it('holds what the query asks for now, with the added columns', () => {
    const url = exportUrl(
      read('?q=status:failure&range=1h&cols=tag&cols=data.a'),
      'csv',
      now,
      'Europe/Paris',
    );
    expect(new URL(url, 'http://x').searchParams.getAll('fields')).toEqual(['tag', 'data.a']);
    expect(parametersOf(url)).toMatchObject({
      format: 'csv',
      q: 'status:failure',
      from: '2026-11-24T09:35:04.000Z',
    });
    expect(parametersOf(url)).not.toHaveProperty('zone');
    expect(parametersOf(url)).not.toHaveProperty('to');
  });

  it('writes the times of an incident in the zone that is shown', () => {
    expect(parametersOf(exportUrl({}, 'markdown', now, 'Europe/Paris'))['zone']).toBe('Europe/Paris');
    expect(parametersOf(exportUrl({ zone: 'utc' }, 'markdown', now, 'Europe/Paris'))['zone']).toBe('UTC');
  });

  it('holds everything around a moment while that is on the screen, with offsets from it', () => {
    const search = read('?q=status:failure&at=2026-11-24T10:00:00Z&w=5m');
    expect(parametersOf(exportUrl(search, 'markdown', now, 'UTC'))).toEqual({
      format: 'markdown',
      from: '2026-11-24T09:55:00.000Z',
      to: '2026-11-24T10:05:00.001Z',
      at: '2026-11-24T10:00:00.000Z',
      zone: 'UTC',
    });
  });
});

describe('the words for it', () => {
  it.each([
    ['', 'Everything, of any time.'],
    ['?q=status:failure&range=24h', 'Everything that matches, of the last 24h.'],
    ['?range=yesterday', 'Everything, of yesterday.'],
    ['?range=3M', 'Everything, of the last 3M.'],
    ['?range=this+week', 'Everything, of this week.'],
    ['?range=now-1d/d', 'Everything, of now-1d/d.'],
    ['?from=2026-11-24T10:00:00Z&zone=utc', 'Everything, since 24 Nov 2026, 10:00:00 UTC.'],
    [
      '?at=2026-11-24T10:00:00Z&zone=utc',
      'Everything within 30m of 24 Nov 2026, 10:00:00 UTC, whatever the query.',
    ],
  ])('of %s are %s', (search, words) => {
    expect(exportWords(read(search))).toBe(words);
  });
});
