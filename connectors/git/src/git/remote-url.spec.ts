import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRemoteUrl } from './remote-url.js';

describe('the URL of a remote', () => {
  it.each([
    ['https://git.example.com/acme/shop.git', 'git.example.com/acme/shop'],
    ['https://GIT.example.com:443/acme/shop/', 'git.example.com/acme/shop'],
    ['https://ada@git.example.com/acme/shop', 'git.example.com/acme/shop'],
    ['git@git.example.com:acme/shop.git', 'git.example.com/acme/shop'],
    ['ssh://git@git.example.com:22/acme/shop.git', 'git.example.com/acme/shop'],
    ['https://git.example.com:8443/group/sub/shop', 'git.example.com:8443/group/sub/shop'],
    ['file:///srv/git/shop.git', 'file:/srv/git/shop'],
  ])('%s is known as %s', (url, identity) => {
    expect(parseRemoteUrl(url)).toMatchObject({ identity });
  });

  it('leads to where a forge shows the repository, if it is one', () => {
    const webUrl = 'https://git.example.com/acme/shop';
    expect(parseRemoteUrl('git@git.example.com:acme/shop.git')).toMatchObject({ webUrl });
    expect(parseRemoteUrl('ssh://git@git.example.com:2222/acme/shop')).toMatchObject({ webUrl });
    expect(parseRemoteUrl('ada@server:backup.git')).not.toHaveProperty('webUrl');
  });

  it.each([
    ['ext::sh -c "touch /tmp/owned"', 'unsafe'],
    ['ext::sh', 'transport'],
    ['fd::17', 'transport'],
    ['git://git.example.com/acme/shop', 'transport'],
    ['ftp://git.example.com/acme/shop', 'transport'],
    ['--upload-pack=touch', 'unsafe'],
    ['-oProxyCommand=touch:x', 'unsafe'],
    ['ssh://-oProxyCommand=touch/x', 'unsafe'],
    ['git@-oProxyCommand=touch:x', 'unsafe'],
    ['git@host:-x', 'unsafe'],
    ['git@host::ext', 'transport'],
    ['https://ada:hunter2@git.example.com/acme/shop', 'password'],
    ['https://git.example.com/acme\n/shop', 'unsafe'],
    ['https://git.example.com/%0aacme', 'unsafe'],
    ['file://elsewhere/srv', 'unsafe'],
    ['https://', 'unreadable'],
    ['https:///x', 'unsafe'],
    ['shop', 'unreadable'],
    ['./shop', 'unreadable'],
    ['', 'unreadable'],
  ])('%j is refused as %s', (url, fault) => {
    expect(parseRemoteUrl(url)).toBe(fault);
  });

  it('never lets an option, a helper or a password through, whatever it is given', () => {
    const piece = fc.constantFrom(
      'ext::',
      '--x=',
      '-',
      'https://',
      'ssh://',
      'file://',
      'a:s3cret@',
      '@',
      ':',
      '/',
      'host',
      '..',
      '\n',
      ' ',
      '\u202e',
      '%00',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((all) => all.join('')),
          fc.string(),
        ),
        (url) => {
          const parsed = parseRemoteUrl(url);
          if (typeof parsed === 'string') return;
          expect(parsed.fetchUrl).not.toMatch(/^-|^[a-z0-9+.-]*::|^(?:[a-z]+:\/\/)?[^/]*:s3cret@|\s/);
          expect(parsed.identity.split('/')[0]).not.toContain('s3cret@');
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
