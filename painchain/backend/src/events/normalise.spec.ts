import { type JsonObject, NewEvent } from '@painchain/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const sha = '3f786850e387550fdab836ed7e6dc881de23001b';
const digest = `sha256:${'ab'.repeat(32)}`;

const event = (data: JsonObject, more: Partial<NewEvent> = {}): NewEvent => ({
  title: 'Something changed',
  connector: 'github',
  project: 'acme/api',
  timestamp: '2026-01-31T10:35:00Z',
  data,
  ...more,
});

describe('normalise', () => {
  it.each<[string, JsonObject, Partial<NewEvent>]>([
    ['event_type', { event_type: 'push' }, { type: 'push' }],
    ['a conclusion before a status', { status: 'completed', conclusion: 'Failure' }, { status: 'failure' }],
    ['a status where the conclusion is null', { status: 'queued', conclusion: null }, { status: 'queued' }],
    ['state', { state: 'open' }, { status: 'open' }],
    ['an author as text', { author: ' Ada Lovelace ' }, { actor: 'Ada Lovelace' }],
    ['a user with a login', { user: { login: 'ada', name: 'Ada Lovelace' } }, { actor: 'ada' }],
    ['an author with a name only', { author: { name: 'Ada', email: 'a@example.com' } }, { actor: 'Ada' }],
    [
      'a page before an API address',
      { url: 'https://api.example/1', html_url: 'https://example/1' },
      { url: 'https://example/1' },
    ],
    ['env', { env: 'production' }, { environment: 'production' }],
    ['severity', { severity: 'high' }, { severity: 'high' }],
  ])('reads %s', (_what, data, expected) => {
    expect(normalise(event(data))).toMatchObject(expected);
  });

  it.each<[string, JsonObject]>([
    ['a status that is an object', { status: { phase: 'Running' } }],
    ['a status that is a number', { status: 200 }],
    ['a status that is an essay', { status: 'x'.repeat(100) }],
    ['a blank author', { author: ' ' }],
    ['an author with a line break', { author: 'a\nb' }],
    ['a script as an address', { url: 'javascript:alert(1)' }],
    ['a relative address', { url: '/pull/1' }],
    ['an address with a password', { url: 'https://ada:s3cret@example/' }],
    ['what only a prototype has', {}],
  ])('does not take %s', (_what, data) => {
    const normal = normalise(event(data));
    for (const field of ['type', 'status', 'actor', 'url', 'environment', 'severity', 'subject']) {
      expect(normal).not.toHaveProperty(field);
    }
  });

  it('cuts a status that grows in lower case between two characters, never through one', () => {
    const { status } = normalise(event({}, { status: `İ${'x'.repeat(61)}\u{1f600}` }));
    expect(status).toHaveLength(64);
    expect(status).not.toMatch(/\p{Surrogate}/u);
  });

  it('believes what the event says itself, with its status in lower case', () => {
    const given = event({ status: 'failure', author: 'Bob' }, { status: 'SUCCESS', actor: 'ada' });
    expect(normalise(given)).toMatchObject({ status: 'success', actor: 'ada' });
  });

  it.each<[string, JsonObject, string[]]>([
    ['a commit', { head: { sha } }, [`commit:${sha}`]],
    ['a commit in capitals inside a text', { message: `Reverts ${sha.toUpperCase()}.` }, [`commit:${sha}`]],
    ['a commit in an address', { url: `https://example/acme/api/commit/${sha}` }, [`commit:${sha}`]],
    ['the same commit once', { before: sha, after: sha }, [`commit:${sha}`]],
    ['no commit of zeros', { before: '0'.repeat(40) }, []],
    ['no commit inside a longer hash', { digest: 'a'.repeat(64) }, []],
    ['no parent of a commit', { sha, parents: ['b'.repeat(40)] }, [`commit:${sha}`]],
    ['no hash of a tree or a file', { tree: { sha }, files: [{ sha }] }, []],
    [
      'an image by digest',
      { note: `pulled ghcr.io/acme/api@${digest}` },
      [`image:ghcr.io/acme/api@${digest}`],
    ],
    [
      'an image by tag and digest',
      { image: `ghcr.io/acme/api:v1@${digest}` },
      [`image:ghcr.io/acme/api@${digest}`, 'image:ghcr.io/acme/api:v1'],
    ],
    ['an image by its key', { containers: [{ image: 'nginx:1.27' }] }, ['image:nginx:1.27']],
    ['an image by its registry', { was: 'quay.io/acme/api:v2' }, ['image:quay.io/acme/api:v2']],
    ['an image with a port', { image: 'localhost:5000/api:v2' }, ['image:localhost:5000/api:v2']],
    ['no image in a common text', { note: 'feat:thing', time: '10:35', target: 'host.example:8080' }, []],
    ['a change', { message: 'Merge acme/api#12 (closes #13)' }, ['change:acme/api#12']],
    [
      'a merge request',
      { message: 'See merge request acme/shop/api!12, which follows acme/web!3.' },
      ['change:acme/shop/api!12', 'change:acme/web!3'],
    ],
    [
      'no merge request in an address or a shout',
      { anchor: 'https://gitlab.example/acme/api!12', said: 'Hey!12 yes/no! !12 acme/api!012' },
      [],
    ],
    [
      'no merge request that is longer than a key',
      { of: `${'a/'.repeat(9)}${`${'b'.repeat(99)}/`.repeat(3)}c!1` },
      [],
    ],
    ['no change in a path', { path: 'a/b/c/d#12', anchor: 'https://example/x/y#12' }, []],
  ])('finds %s', (_what, data, refs) => {
    expect(normalise(event(data)).refs).toEqual(refs);
  });

  it('puts given refs first, each once, and keeps within the limit', () => {
    const shas = Array.from({ length: 150 }, (_, n) => n.toString(16).padStart(40, 'a'));
    const { refs } = normalise(
      event({ shas }, { refs: ['ticket:A-1', `commit:${sha.toUpperCase()}`, `commit:${sha}`] }),
    );
    expect(refs).toHaveLength(100);
    expect(refs.slice(0, 3)).toEqual(['ticket:A-1', `commit:${sha}`, `commit:${shas[0]}`]);
  });

  const word = fc.oneof(
    fc.constantFrom(
      'javascript:alert(1)',
      'JAVASCRIPT:x',
      ' javascript:x',
      'http://a/',
      'data:text/html,x',
      sha,
      digest,
    ),
    fc.constantFrom(`a/b#1`, `a/b/c!1`, `image@${digest}`, 'İSTANBUL', 'Success'),
    fc.string({ unit: 'grapheme' }),
    fc.webUrl(),
  );
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      word,
      fc.integer(),
      fc.constant(null),
      fc.array(tie('value')),
      tie('object'),
    ),
    object: fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          'url',
          'html_url',
          'status',
          'author',
          'user',
          'login',
          'name',
          'type',
          'env',
          'image',
        ),
        word,
      ),
      tie('value'),
    ),
  }));
  const anyEvent = fc
    .record({
      data: value.object,
      title: word,
      status: fc.option(word, { nil: undefined }),
      refs: fc.array(word),
    })
    .map(({ data, title, status, refs }) =>
      event(data as JsonObject, { title, refs, ...(status !== undefined && { status }) }),
    )
    .filter((candidate) => NewEvent.safeParse(candidate).success);

  it('never throws, makes an event that the contract takes, and changes nothing the second time', () => {
    fc.assert(
      fc.property(anyEvent, (given) => {
        const normal = normalise(given);
        expect(NewEvent.safeParse(normal).error).toBeUndefined();
        expect(normalise(normal)).toStrictEqual(normal);
      }),
      { numRuns: 500 },
    );
  });

  it('never invents an address that could run', () => {
    fc.assert(
      fc.property(anyEvent, (given) => {
        const { url } = normalise(given);
        if (url !== undefined) expect(new URL(url).protocol).toMatch(/^https?:$/);
      }),
    );
  });
});
