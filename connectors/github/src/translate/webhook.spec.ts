import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { stored } from '../testing/stored.js';
import { webhookExamples } from '../testing/webhook-examples.js';
import { translateWebhook } from './webhook.js';

// After a change that is meant: UPDATE_GOLDENS=1 npx vitest run --project unit connectors/github/src/translate
const isUpdate = process.env['UPDATE_GOLDENS'] === '1';
const golden = new URL('../testing/webhook-kinds.txt', import.meta.url);

const delivery = { id: '5d2c1a8e-0000-4000-8000-000000000001', receivedAt: '2026-11-24T10:00:00Z' };
const examples = webhookExamples();

function wordOf(translation: Translation): string {
  if (translation.kind === 'events') return translation.events.map(({ type }) => type).join(' ');
  return translation.kind === 'ignored' ? `(${translation.reason})` : `unsupported: ${translation.what}`;
}

function actionOf(payload: object): string {
  return 'action' in payload && typeof payload.action === 'string' ? `.${payload.action}` : '';
}

function eventsAt(host: string): SourceEvent[] {
  return examples.flatMap(({ event, payload }) => {
    const translation = translateWebhook(event, payload, host, delivery);
    return translation.kind === 'events' ? translation.events : [];
  });
}

describe('every webhook', () => {
  it('has the answer that is written down', () => {
    const rows = examples.map(
      ({ event, payload }) =>
        `${event}${actionOf(payload)}: ${wordOf(translateWebhook(event, payload, 'github.com', delivery))}`,
    );
    const text = `${[...new Set(rows)].sort().join('\n')}\n`;
    if (isUpdate) writeFileSync(golden, text);
    expect(text).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : '');
    expect(examples).toHaveLength(329);
  });

  it('becomes events that are stored as they are, and whose keys begin with the host', async () => {
    const events = eventsAt('github.example.com');
    expect(events.length).toBeGreaterThan(50);
    const kept = await stored(events);
    kept.forEach(({ key, timestamp, url, actor }, index) => {
      const event = events[index];
      expect({ timestamp, url, actor }).toEqual({
        timestamp: event?.timestamp,
        url: event?.url,
        actor: event?.actor,
      });
      expect(key).toMatch(/^github\.example\.com:/);
    });
  });

  it('says another key for another host', () => {
    const keys = ['one.example.com', 'other.example.com'].map(
      (host) => new Set(eventsAt(host).map(({ key_parts }) => JSON.stringify(key_parts))),
    );
    expect([...(keys[0] ?? [])].filter((key) => keys[1]?.has(key))).toEqual([]);
  });

  it('of a kind that nobody knows is unsupported, however it is called', () => {
    for (const name of ['brand_new', 'constructor', '__proto__', 'toString', '']) {
      expect(translateWebhook(name, {}, 'github.com', delivery).kind).toBe('unsupported');
    }
  });
});
