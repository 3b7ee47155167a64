import { gone, mutilate } from '@painchain/connector-sdk/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedRows } from '../testing/recorded.js';
import { stored } from '../testing/stored.js';
import { webhookExamples } from '../testing/webhook-examples.js';
import { translateWebhook } from './webhook.js';

const delivery = { id: '5d2c1a8e-0000-4000-8000-000000000001', receivedAt: '2026-11-24T10:00:00Z' };
const recorded = recordedRows<{ payload: object }>('webhooks.ndjson').map(({ payload }) => payload);

const strange = fc.oneof(
  fc.constantFrom<unknown>(gone, null, '', 0, -1, 1e300, [], {}, true, '\u0000', '\ud800', '__proto__'),
  fc.string(),
  fc.jsonValue(),
);

const mutilated = fc
  .record({
    of: fc.constantFrom(...webhookExamples, ...recorded),
    blows: fc.array(fc.tuple(fc.nat(), strange), { minLength: 1, maxLength: 6 }),
  })
  .map(({ of, blows }) => mutilate(of, blows, ['project', 'user', 'object_kind', 'event_name']));

describe('a payload that is not what GitLab describes', () => {
  it('never makes a translator throw, nor an event that can not be stored', async () => {
    const check = fc.asyncProperty(mutilated, async (payload) => {
      const translation = translateWebhook(payload, 'gitlab.com', delivery);
      if (translation.kind === 'events') await stored(translation.events);
    });
    await fc.assert(check, { numRuns: 300 });
  });

  it('may be anything at all', () => {
    const kinds = webhookExamples.map((example) =>
      'object_kind' in example
        ? example.object_kind
        : 'event_name' in example
          ? example.event_name
          : undefined,
    );
    const check = fc.property(fc.constantFrom(...kinds), fc.jsonValue(), (object_kind, odd) => {
      const payload = typeof odd === 'object' && !Array.isArray(odd) ? { ...odd, object_kind } : odd;
      expect(['ignored', 'unsupported']).toContain(translateWebhook(payload, 'gitlab.com', delivery).kind);
    });
    fc.assert(check, { numRuns: 500 });
  });

  it('leads no browser anywhere but to a page', () => {
    for (const example of webhookExamples) {
      if (!('project' in example)) continue;
      const project = { ...(example.project as object), web_url: 'javascript:alert(1)' };
      const translation = translateWebhook({ ...example, project }, 'gitlab.com', delivery);
      for (const { url } of translation.kind === 'events' ? translation.events : []) {
        expect(url ?? 'https://').toMatch(/^https:\/\//);
      }
    }
  });
});

it('every example is an event, or has the reason that it has', async () => {
  const made = webhookExamples.map((payload) => translateWebhook(payload, 'gitlab.test', delivery));
  const events = made.flatMap((one) => (one.kind === 'events' ? one.events : []));
  expect(made.map(({ kind }) => kind)).not.toContain('unsupported');
  expect(new Set((await stored(events)).map(({ project }) => project))).toEqual(
    new Set(['acme/shop/api', 'acme/shop/core']),
  );
});
