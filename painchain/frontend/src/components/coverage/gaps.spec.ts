import { expect, it } from 'vitest';
import { withGaps, worstFirst } from './gaps.js';
import { coverage, integration, stretch } from './testing.js';

const names = (found: readonly { name: string }[]) => found.map(({ name }) => name);

it('who saw least comes first, and who saw everything last', () => {
  const given = coverage([
    integration('whole', [stretch('complete', '10:00', '11:00')]),
    integration('late', [stretch('late', '10:00', '11:00')]),
    integration('blind', [stretch('blind', '10:00', '11:00')]),
    integration('idle', [stretch('not_connected', '10:00', '11:00')]),
  ]);
  expect(names(worstFirst(given))).toEqual(['blind', 'idle', 'late', 'whole']);
  expect(names(withGaps(given))).toEqual(['blind', 'idle', 'late']);
});
