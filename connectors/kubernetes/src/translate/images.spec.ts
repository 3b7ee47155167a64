import { describe, expect, it } from 'vitest';
import { imageMove, imageRefs, parseImage, versionOf } from './images.js';

const digest = `sha256:${'ab'.repeat(32)}`;

describe('parseImage', () => {
  it.each([
    ['nginx', { repository: 'nginx' }],
    ['nginx:1.25', { repository: 'nginx', tag: '1.25' }],
    ['registry.acme.test:5000/shop/api', { repository: 'registry.acme.test:5000/shop/api' }],
    ['registry.acme.test:5000/shop/api:2', { repository: 'registry.acme.test:5000/shop/api', tag: '2' }],
    [`ghcr.io/acme/api@${digest}`, { repository: 'ghcr.io/acme/api', digest }],
    [`ghcr.io/acme/api:2@${digest}`, { repository: 'ghcr.io/acme/api', tag: '2', digest }],
    [`docker-pullable://ghcr.io/acme/api@${digest}`, { repository: 'ghcr.io/acme/api', digest }],
  ])('reads %s', (image, parts) => {
    const { image: _, ...read } = parseImage(image);
    expect(read).toEqual(parts);
  });

  it.each(['', ':', '@', 'a@', 'a:', '//', '@@:'])('reads even %j', (image) => {
    expect(versionOf(parseImage(image))).toBeTypeOf('string');
  });
});

describe('imageMove', () => {
  it('says no more than what differs', () => {
    expect(imageMove('acme/api:1', 'acme/api:2')).toBe('1 → 2');
    expect(imageMove('acme/api:1', 'acme/shop:1')).toBe('acme/api:1 → acme/shop:1');
    expect(imageMove('acme/api:1', `acme/api:1@${digest}`)).toBe('1, no digest → sha256:abababababab');
  });
});

describe('imageRefs', () => {
  it('names images by digest and by tag, and the commit that a tag is', () => {
    const sha = 'c'.repeat(40);
    expect(imageRefs([`ghcr.io/acme/api:2@${digest}`, `acme/web:${sha}`, 'redis'])).toEqual([
      `image:ghcr.io/acme/api@${digest}`,
      'image:ghcr.io/acme/api:2',
      `image:acme/web:${sha}`,
      `commit:${sha}`,
      'image:redis:latest',
    ]);
  });
});
