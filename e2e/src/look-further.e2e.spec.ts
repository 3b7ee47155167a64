import type { TimelinePage } from '@painchain/contract';
import type { Browser, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { Reader } from './reader.js';
import { manyEvents, post } from './sample-events.js';
import { Stack, until } from './stack.js';

let stack: Stack;
let browser: Browser;
beforeAll(async () => {
  [stack, browser] = await Promise.all([Stack.start({}), launchBrowser()]);
  await post(stack.url, ...manyEvents(3));
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

it('looks further by itself where a page had no time to find anything, and says how far', async () => {
  const reader = await Reader.sit(browser, stack.url);
  const { page } = reader;
  const asked: (string | null)[] = [];
  let wasSeen = false;
  // As a backend with many millions of events answers: nothing found yet, twice.
  await page.route('**/api/timeline?*', async (route) => {
    const { searchParams } = new URL(route.request().url());
    // The oldest of all events is asked for, too.
    if (!searchParams.has('q')) return route.continue();
    asked.push(searchParams.get('cursor'));
    if (asked.length <= 2) return nothingYet(route, `2026-0${4 - asked.length}-01T00:00:00.000000Z`);
    await until('it was seen', () => wasSeen);
    return route.continue();
  });
  await reader.open('/home?connector=builds');
  await page.getByRole('heading', { name: 'No event matches so far' }).waitFor();
  await page.locator('time[datetime^="2026-02-01"]').waitFor();
  expect(await reader.accessFaults()).toEqual([]);
  wasSeen = true;
  await reader.row('Nightly build').waitFor();
  expect(asked[0]).toBeNull();
  expect(asked.slice(1, 3).every((cursor) => cursor !== null)).toBe(true);
  await reader.leave();
});

/** The answer of a page whose time was over at an instant, with a cursor that goes on. */
async function nothingYet(route: Route, reached: string): Promise<void> {
  const page = (await (await fetch(`${stack.url}/api/timeline?limit=1`)).json()) as TimelinePage;
  const capped = { reason: 'time', reached, detail: 'narrow the range' } as const;
  await route.fulfill({ json: { ...page, rows: [], prev_cursor: null, capped } satisfies TimelinePage });
}
