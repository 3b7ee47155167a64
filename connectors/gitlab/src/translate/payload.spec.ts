import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Instant, Link, Sha, Username, Usernames, projectOf, secondOf } from './payload.js';

describe('what GitLab’s payloads have in common', () => {
  it.each([
    ['2016-08-12T15:26:29.512Z', '2016-08-12T15:26:29.512Z'],
    ['2016-08-12T15:26:29Z', '2016-08-12T15:26:29.000Z'],
    ['2016-08-12 15:26:29 UTC', '2016-08-12T15:26:29.000Z'],
    ['2016-08-12 15:26:29Z', '2016-08-12T15:26:29.000Z'],
    ['2012-01-03T23:36:29+02:00', '2012-01-03T21:36:29.000Z'],
    ['2021-04-28 21:50:00 +0200', '2021-04-28T19:50:00.000Z'],
    ['2019-03-13T14:14:23.123-05:30', '2019-03-13T19:44:23.123Z'],
  ])('reads the instant %s', (text, instant) => {
    expect(Instant.parse(text)).toBe(instant);
  });

  it('takes instants of all ways for the same to the second', () => {
    const ways = ['2016-08-12T15:26:29.512Z', '2016-08-12 15:26:29 UTC', '2016-08-12T17:26:29+02:00'];
    expect(new Set(ways.map((way) => secondOf(Instant.parse(way))))).toEqual(
      new Set(['2016-08-12T15:26:29Z']),
    );
  });

  it.each([
    '2016-08-12',
    'yesterday',
    '2016-13-45T99:00:00Z',
    '2016-08-12T15:26:29',
    1_514_489_666,
    null,
    '',
  ])('does not take %s for an instant', (value) => {
    expect(Instant.safeParse(value).success).toBe(false);
  });

  it('reads any instant back as it was written', () => {
    const between = { min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z') };
    fc.assert(
      fc.property(fc.date({ ...between, noInvalidDate: true }), (date) => {
        expect(Instant.parse(date.toISOString())).toBe(date.toISOString());
      }),
    );
  });

  it('links to nothing that a browser may not open safely', () => {
    const links = ['https://gitlab.com/acme', 'http://gitlab.test/acme', 'javascript:alert(1)', 7, null];
    expect(links.map((link) => Link.parse(link))).toEqual([links[0], ...Array<undefined>(4).fill(undefined)]);
  });

  it('knows commits of both object formats', () => {
    const shas = ['a'.repeat(40), 'a'.repeat(64), 'a'.repeat(39), 'A'.repeat(40), ''];
    expect(shas.map((sha) => Sha.safeParse(sha).success)).toEqual([true, true, false, false, false]);
  });

  it('names people by their usernames, as far as they have one', () => {
    const users = [{ username: 'ada' }, { username: ' ' }, { name: 'Ada' }, null, 'ada'];
    expect(users.map((user) => Username.parse(user))).toEqual([
      'ada',
      ...Array<undefined>(4).fill(undefined),
    ]);
    expect(Usernames.parse(users)).toEqual(['ada']);
    expect(Usernames.parse('ada')).toEqual([]);
  });
});

describe('the project of a webhook', () => {
  const project = {
    id: 7,
    path_with_namespace: 'acme/shop/api',
    web_url: 'https://gitlab.test/acme/shop/api/',
  };
  const facts = { host: 'h', id: 7, fullPath: 'acme/shop/api', webUrl: 'https://gitlab.test/acme/shop/api' };

  it.each([
    ['with the project', { project }],
    ['beside it', { project: { ...project, id: undefined }, project_id: 7 }],
    ['as a target', { project: { ...project, id: null }, object_attributes: { target_project_id: 7 } }],
    ['as an issue’s', { project: { ...project, id: 'x' }, object_attributes: { project_id: 7 } }],
  ])('has its id %s', (_where, payload) => {
    expect(projectOf(payload, 'h')).toEqual(facts);
  });

  it.each([{}, null, { project: { ...project, id: undefined } }, { project: { ...project, web_url: 'x' } }])(
    'is unknown in %j',
    (payload) => {
      expect(projectOf(payload, 'h')).toBeUndefined();
    },
  );
});
