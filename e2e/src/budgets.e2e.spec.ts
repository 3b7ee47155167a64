import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { Reader } from './reader.js';
import { manyEvents, post } from './sample-events.js';
import { Stack, until } from './stack.js';

const rows = 100_000;
const frames = 100;

let stack: Stack;
let browser: Browser;
let reader: Reader;
beforeAll(async () => {
  [stack, browser] = await Promise.all([Stack.start(), launchBrowser()]);
  await post(stack.url, ...manyEvents(rows));
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

it('loads no more than it may before anything is opened', async () => {
  reader = await Reader.sit(browser, stack.url);
  const loaded: Record<'js' | 'css', number> = { js: 0, css: 0 };
  const reads: Promise<void>[] = [];
  reader.page.on('response', (response) => {
    const kind = /\.(js|css)$/.exec(new URL(response.url()).pathname)?.[1] as 'js' | 'css' | undefined;
    if (!kind) return;
    reads.push(response.body().then((body) => void (loaded[kind] += gzipSync(body).length / 1024)));
  });
  await reader.open('/home');
  await reader.row('Nightly build').waitFor();
  await reader.page.waitForLoadState('networkidle');
  await Promise.all(reads);
  expect(loaded.js).toBeGreaterThan(50);
  expect(loaded.js).toBeLessThanOrEqual(200);
  expect(loaded.css).toBeGreaterThan(1);
  expect(loaded.css).toBeLessThanOrEqual(12);
  await reader.leave();
});

it('scrolls through a hundred thousand rows smoothly, in little memory', async () => {
  reader = await Reader.sit(browser, stack.url);
  const { page } = reader;
  await reader.open('/home?fold=off&group=none');
  await reader.row('Nightly build').waitFor();
  await page.waitForLoadState('networkidle');
  const session = await page.context().newCDPSession(page);
  // Of the thread itself: what else the machine has to do must not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });

  const rounds: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    const before = await metric(session, 'TaskDuration');
    await scroll(page, { px: 120, frames });
    rounds.push((((await metric(session, 'TaskDuration')) - before) * 1_000) / frames);
  }
  // Of several, so that what else happens on the machine decides nothing.
  expect(rounds.toSorted((one, other) => one - other)[3]).toBeLessThanOrEqual(6);
  // In frames of their own: to look for them costs something, too.
  expect(await scroll(page, { px: 120, frames: 4 * frames }, true)).toBe(0);

  let last = '';
  await until(
    'the oldest row was reached',
    async () => {
      await scroll(page, { px: 6_400, frames: 60 });
      last = (await page.locator('[data-row]').last().innerText()).replaceAll('\n', ' ');
      return /Nightly build 0\b/.test(last);
    },
    240_000,
  );
  const kept = Number(/^[\d,]+/.exec(await page.locator('.count-row').innerText())?.[0].replaceAll(',', ''));
  expect(kept).toBeGreaterThan(1_000);
  expect(kept).toBeLessThanOrEqual(10_000);
  await session.send('HeapProfiler.collectGarbage');
  const heapMb = (await metric(session, 'JSHeapUsedSize')) / 1024 / 1024;
  expect(heapMb).toBeLessThanOrEqual(60);
  expect(reader.faults).toEqual([]);
  await reader.leave();
}, 400_000);

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const found = metrics.find((each) => each.name === name);
  if (!found) throw new Error(`The browser does not measure ${name}.`);
  return found.value;
}

/** Scrolls the timeline by so much in each frame; if asked to, counts the frames in which a part of it had no row. */
function scroll(page: Page, step: { px: number; frames: number }, looks = false): Promise<number> {
  return page.evaluate(
    `(async ({ px, frames, looks }) => {
      const list = document.querySelector('[role=grid] [role=rowgroup]');
      const { left, top, height } = list.getBoundingClientRect();
      const places = [0.1, 0.5, 0.9].map((part) => top + height * part);
      let blank = 0;
      for (let frame = 0; frame < frames; frame += 1) {
        list.scrollBy(0, px);
        await new Promise((resolve) => requestAnimationFrame(resolve));
        if (!looks) continue;
        if (places.some((y) => !document.elementFromPoint(left + 200, y)?.closest('[role=row]'))) blank += 1;
      }
      return blank;
    })(${JSON.stringify({ ...step, looks })})`,
  );
}
