import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { templateOf } from './title-template.js';

describe('templateOf', () => {
  it.each([
    ['Deploy storefront 4.12.1 to production', 'Deploy storefront 5.0 to production'],
    ['Build #4711 passed', 'Build #4712 passed'],
    ['main moved to 3f2a9c1', 'main moved to deadbee'],
    ['Pod checkout-7d9f8b6c5-x2x9k restarted', 'Pod checkout-6b7c8d9f4-kwzqt restarted'],
    ['Restarted 3 times', 'Restarted 12 times'],
    ['Run 0b5c1e9e-8f1d-4c7a-9d3e-1a2b3c4d5e6f failed', 'Run 11111111-2222-4333-8444-555555555555 failed'],
    ['Merge “Retry card authorisations”', 'Merge “Raise the pool”'],
    ["Merge branch 'one' into main", "Merge branch 'another-one' into main"],
    ['Tag v1.2.3 created', 'Tag v1.2.3-rc.4 created'],
    ['Image api@sha256:0a1b2c', 'Image api@sha256:9f8e7d'],
  ])('takes %j and %j for one', (one, other) => {
    expect(templateOf(one)).toBe(templateOf(other));
  });

  it.each([
    ['Pod checkout-7d9f8b6c5-x2x9k restarted', 'Pod payments-7d9f8b6c5-x2x9k restarted'],
    ['Rollout of checkout', 'Rollout of storefront'],
    ["It doesn't start, and can't stop", "It doesn't begin, and can't stop"],
    ['Nightly build', 'Nightly build 1'],
  ])('tells %j from %j', (one, other) => {
    expect(templateOf(one)).not.toBe(templateOf(other));
  });

  it('does not depend on numbers, whatever stands around them', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.nat(),
        fc.nat(),
        fc.string({ maxLength: 40 }),
        (before, one, other, after) => {
          expect(templateOf(`${before} ${one} ${after}`)).toBe(templateOf(`${before} ${other} ${after}`));
        },
      ),
    );
  });
});
