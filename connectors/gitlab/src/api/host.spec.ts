import { expect, it } from 'vitest';
import { apiOf, hostOf } from './host.js';

it.each([
  ['https://gitlab.com', 'https://gitlab.com/api/v4', 'gitlab.com'],
  ['https://GitLab.com/api/v4/', 'https://gitlab.com/api/v4', 'gitlab.com'],
  ['https://gitlab.example.com:443/', 'https://gitlab.example.com/api/v4', 'gitlab.example.com'],
  ['http://gitlab.example.com:80', 'http://gitlab.example.com/api/v4', 'gitlab.example.com'],
  ['https://example.com:8443/Git', 'https://example.com:8443/Git/api/v4', 'example.com:8443/git'],
  ['https://example.com/gitlab/api/v4', 'https://example.com/gitlab/api/v4', 'example.com/gitlab'],
  [
    'https://example.com/tools/gitlab/',
    'https://example.com/tools/gitlab/api/v4',
    'example.com/tools/gitlab',
  ],
])('%s is asked at %s, and keys begin with %s', (baseUrl, api, host) => {
  expect([apiOf(baseUrl), hostOf(baseUrl)]).toEqual([api, host]);
});
