import { eventOf } from '../data/event.js';
import { words } from '../data/vocabulary.js';
import { instantAt, smallTemplates, type Year } from '../data/year.js';
import type { Stage } from '../system/stage.js';
import { sendAll } from '../system/send.js';

const rareEvents = 40;

export function templateCount(events: number): number {
  return Math.min(20_000, Math.floor(events / 2));
}

/**
 * Sends the events that all others are made of, so that words, correlation keys and everything else that our code
 * makes of an event is what it really makes; and a few with a word that no other event has.
 */
export async function sendTemplates(stage: Stage, events: number, year: Year): Promise<void> {
  const count = templateCount(events);
  const templates = Array.from({ length: count }, (_, number) =>
    eventOf(number, {
      key: 'template',
      timestamp: instantAt(year, number / count).toISOString(),
      small: number < smallTemplates,
    }),
  );
  const rare = Array.from({ length: rareEvents }, (_, number) =>
    eventOf(count + number, {
      key: 'rare',
      timestamp: instantAt(year, number / rareEvents).toISOString(),
      word: words.rare,
    }),
  );
  await sendAll(stage.api, [...templates, ...rare]);
}
