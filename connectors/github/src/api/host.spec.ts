import { expect, it } from 'vitest';
import { hostOf } from './host.js';

it.each([
  ['https://api.github.com', 'github.com'],
  ['https://API.github.com/', 'github.com'],
  ['https://api.acme.ghe.com', 'acme.ghe.com'],
  ['https://github.example.com/api/v3', 'github.example.com'],
  ['https://api.example.com/api/v3', 'api.example.com'],
  ['http://127.0.0.1:8080/api/v3', '127.0.0.1:8080'],
])('keys of %s begin with %s', (baseUrl, host) => {
  expect(hostOf(baseUrl)).toBe(host);
});
