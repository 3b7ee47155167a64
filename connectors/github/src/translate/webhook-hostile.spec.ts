import { readFileSync } from 'node:fs';
import { gone, mutilate } from '@painchain/connector-sdk/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stored } from '../testing/stored.js';
import { hasRecorded, recorded, webhookExamples } from '../testing/webhook-examples.js';
import { translateWebhook } from './webhook.js';

const delivery = { id: '5d2c1a8e-0000-4000-8000-000000000001', receivedAt: '2026-11-24T10:00:00Z' };
const examples = webhookExamples();

const strange = fc.oneof(
  fc.constantFrom<unknown>(gone, null, '', 0, -1, 1e300, [], {}, true, '\u0000', '\ud800', '__proto__'),
  fc.string(),
  fc.jsonValue(),
);

const mutilated = fc
  .record({
    of: fc.constantFrom(...examples),
    blows: fc.array(fc.tuple(fc.nat(), strange), { minLength: 1, maxLength: 6 }),
  })
  .map(({ of: { event, payload }, blows }) => ({
    event,
    payload: mutilate(payload, blows, ['repository', 'sender']),
  }));

describe('a payload that is not what GitHub describes', () => {
  it('never makes a translator throw, nor an event that can not be stored', async () => {
    const check = fc.asyncProperty(mutilated, async ({ event, payload }) => {
      const translation = translateWebhook(event, payload, 'github.com', delivery);
      if (translation.kind === 'events') await stored(translation.events);
    });
    await fc.assert(check, { numRuns: 300 });
  });

  it('may be anything at all', () => {
    const names = [...new Set(examples.map(({ event }) => event))];
    const check = fc.property(fc.constantFrom(...names), fc.jsonValue(), (event, payload) => {
      expect(['ignored', 'unsupported']).toContain(
        translateWebhook(event, payload, 'github.com', delivery).kind,
      );
    });
    fc.assert(check, { numRuns: 500 });
  });
});

describe('a payload that somebody has made to hurt', () => {
  const repository = { id: 7, full_name: 'acme/api', html_url: 'https://github.com/acme/api' };

  it('may be as deep as JSON can be', async () => {
    let deep: unknown = 'deep';
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    const rules = [{ type: 'workflows', parameters: { deep } }];
    const ruleset = { id: 3, name: 'deep', enforcement: 'active', conditions: deep, rules };
    const payload = { action: 'edited', repository_ruleset: ruleset, repository, sender: { login: 'ada' } };
    const translation = translateWebhook('repository_ruleset', payload, 'github.com', delivery);
    if (translation.kind !== 'events') expect.unreachable('it is a change like others');
    expect(await stored(translation.events)).toHaveLength(1);
  });

  it('leads no browser anywhere but to a page', () => {
    const html_url = 'javascript:alert(1)';
    for (const event of ['public', 'repository', 'deploy_key', 'team_add']) {
      const payload = {
        action: event === 'deploy_key' ? 'created' : 'archived',
        key: { id: 1 },
        team: { id: 1, name: 'ops' },
        repository: { ...repository, html_url },
      };
      expect(translateWebhook(event, payload, 'github.com', delivery)).toMatchObject({
        kind: 'events',
        events: [expect.not.objectContaining({ url: expect.anything() as unknown })],
      });
    }
  });

  it('with a repository’s address without an end is none of a repository', () => {
    const html_url = `https://github.com/acme/api${'/'.repeat(200_000)}x`;
    const payload = { action: 'archived', repository: { ...repository, html_url } };
    expect(translateWebhook('repository', payload, 'github.com', delivery).kind).toBe('unsupported');
  });
});

/** Recordings are named after their file: `issue_labeled`, `check-run`. */
const eventsByFile: readonly (readonly [RegExp, string])[] = [
  [/^issue_comment/, 'issue_comment'],
  [/^issue/, 'issues'],
  [/^starred/, 'star'],
  [/^push/, 'push'],
  [/^status/, 'status'],
  [/^discussion_comment/, 'discussion_comment'],
  [/^projectsv2item/, 'projects_v2_item'],
  [/^pull_request_review_comment/, 'pull_request_review_comment'],
];

function eventOf(file: string): string {
  const name = file.replaceAll('-', '_');
  const known = [...new Set(examples.map(({ event }) => event))].sort(
    (one, other) => other.length - one.length,
  );
  const byFile = eventsByFile.find(([pattern]) => pattern.test(name))?.[1];
  return byFile ?? known.find((event) => name.startsWith(event)) ?? name;
}

describe.skipIf(!hasRecorded)('recorded webhooks (skipped without shared/data)', () => {
  it('are an event or have a reason', async () => {
    const lines = readFileSync(new URL('webhooks.ndjson', recorded), 'utf8').trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as { event: string; payload: object });
    expect(rows).toHaveLength(71);
    const translations = rows.map(({ event, payload }) =>
      translateWebhook(eventOf(event), payload, 'github.com', delivery),
    );
    const events = translations.flatMap((made) => (made.kind === 'events' ? made.events : []));
    await stored(events);
    expect(events.length).toBeGreaterThan(15);
    expect(translations.filter(({ kind }) => kind === 'unsupported')).toEqual([]);
  });
});
