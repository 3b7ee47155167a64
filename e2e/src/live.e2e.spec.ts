import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { Reader } from './reader.js';
import { idsOf, manyEvents, post, sampleEvent } from './sample-events.js';
import { Stack, until } from './stack.js';

let stack: Stack;
let browser: Browser;
let reader: Reader;
beforeAll(async () => {
  [stack, browser] = await Promise.all([Stack.start(), launchBrowser()]);
  await post(stack.url, ...manyEvents(300));
});
afterEach(() => reader?.leave());
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function sit(path: string): Promise<Reader> {
  reader = await Reader.sit(browser, stack.url);
  await reader.open(path);
  await reader.live();
  await reader.row('Nightly build').waitFor();
  return reader;
}

/** Which row lies under the mouse, and where. */
async function underMouse(): Promise<unknown> {
  const hovered = reader.page.locator('[data-row]:hover');
  return { id: await hovered.getAttribute('data-row'), box: await hovered.boundingBox() };
}

/** Moves the mouse there until the page knows which row it is on. */
async function rest(x: number, y: number): Promise<void> {
  let to = x;
  // While it scrolls nothing is under the mouse, and then what is there learns of it when the mouse moves.
  await until('the mouse is on a row', async () => {
    await reader.page.mouse.move((to += 1), y);
    return (await reader.page.locator('[data-row]:hover').count()) === 1;
  });
}

const middle = async (locator: Locator) => {
  const { x, y, width, height } = (await locator.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: x + width / 2, y: y + height / 2 };
};

describe('live', () => {
  it('shows an event within two seconds of its POST', async () => {
    await sit('/home');
    await post(stack.url, sampleEvent({ title: 'Scaled checkout from 3 to 5' }));
    await reader.row('Scaled checkout from 3 to 5').waitFor({ timeout: 2_000 });
    expect(reader.faults).toEqual([]);
  });

  it('brings what is new above the row under the cursor, which stays where it is', async () => {
    const { page } = await sit('/home?fold=off');
    const { x, y } = await middle(page.locator('[data-row]').first());
    await rest(x, y);
    const before = await underMouse();
    for (const title of ['While it is read', 'And one more']) {
      await post(stack.url, sampleEvent({ title }));
      await reader.row(title).waitFor({ timeout: 2_000, state: 'attached' });
      expect(await underMouse()).toEqual(before);
    }
    await reader.badge.filter({ hasText: /^Live/ }).waitFor();
    await page.mouse.move(10, 10);
    await until('the newest is on top', async () =>
      (await page.locator('[data-row]').first().innerText()).includes('And one more'),
    );
    expect(reader.faults).toEqual([]);
  });

  it('is kept back while somebody scrolls, and moves neither rows nor focus', async () => {
    const { page } = await sit('/home');
    await page.mouse.move(500, 500);
    await page.mouse.wheel(0, 640);
    await reader.badge.filter({ hasText: 'Paused' }).waitFor();
    await rest(500, 500);
    await page.mouse.down();
    await page.mouse.up();
    await reader.detail.waitFor();
    const state = async () => ({
      open: reader.query.get('e'),
      scrolled: await page.evaluate<number>(`document.querySelector('.grid-scroller').scrollTop`),
      under: await underMouse(),
    });
    const before = await state();
    expect(before.scrolled).toBeGreaterThan(0);
    await post(stack.url, sampleEvent({ title: 'News one' }), sampleEvent({ title: 'News two' }));
    await reader.badge.filter({ hasText: 'Paused · 2 new · Resume (l)' }).waitFor({ timeout: 2_000 });
    expect(await state()).toEqual(before);
    await reader.badge.click();
    await reader.row('News two').waitFor({ timeout: 2_000 });
    await reader.badge.filter({ hasText: /^Live/ }).waitFor();
    expect(reader.faults).toEqual([]);
  });
});

describe('without the backend', () => {
  it('keeps rows, bars and facets, says so, and goes on without a hole when it is back', async () => {
    const { page } = await sit('/home?fold=off');
    const bars = page.getByRole('slider', { name: /^Stretch of time/ });
    const facet = page.locator('.facets').getByRole('button', { name: 'Only builds' });
    await bars.waitFor();
    await facet.waitFor();
    stack.kill('launcher', 'SIGSTOP');
    stack.kill('backend');
    const bar = page.getByRole('alert').filter({ hasText: 'The backend has not answered since' });
    await bar.waitFor({ timeout: 12_000 });
    for (const kept of [reader.row('Nightly build'), bars, facet]) expect(await kept.isVisible()).toBe(true);
    expect(await reader.badge.textContent()).toContain('Not reachable');
    // Told once, however much cannot be asked for.
    expect(await page.getByRole('alert').filter({ hasText: /\w/ }).count()).toBe(1);

    stack.kill('launcher', 'SIGCONT');
    const titles = ['While away 1', 'While away 2', 'While away 3'];
    for (const title of titles) {
      await until('it takes events again', () =>
        post(stack.url, sampleEvent({ title })).then(
          () => true,
          () => false,
        ),
      );
    }
    for (const title of titles) await reader.row(title).waitFor({ timeout: 30_000 });
    await bar.waitFor({ state: 'detached', timeout: 12_000 });
    await reader.live();
    const { length } = await idsOf(stack.url, '');
    await page.getByText(`${length} events`).first().waitFor({ timeout: 30_000 });
    expect(reader.faults).toEqual([]);
  });
});
