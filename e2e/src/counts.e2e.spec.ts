import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { incidentAt } from './incident.js';
import { Reader } from './reader.js';
import { eventsAround, post } from './sample-events.js';
import { Stack, until } from './stack.js';

const hour = 3_600_000;
const at = new Date(Math.floor(Date.now() / hour) * hour - 5 * hour);
const range = `from=${new Date(at.getTime() - hour).toISOString()}&to=${new Date(at.getTime() + hour).toISOString()}`;

let stack: Stack;
let browser: Browser;
let reader: Reader;
beforeAll(async () => {
  [stack, browser] = await Promise.all([Stack.start(), launchBrowser()]);
  await post(stack.url, ...eventsAround(at, 150), ...incidentAt(at).events);
});
afterEach(() => reader?.leave());
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function sit(path: string): Promise<Reader> {
  reader = await Reader.sit(browser, stack.url);
  await reader.open(path);
  await reader.page.locator('[data-row]').first().waitFor();
  return reader;
}

async function asked(q: string | null): Promise<void> {
  await expect.poll(() => reader.query.get('q'), { timeout: 10_000 }).toBe(q);
}

const facet = (name: string) => reader.page.locator('.facets').getByRole('region', { name });
const histogram = () => reader.page.getByRole('region', { name: 'Events over time', exact: true });
const bars = () => histogram().getByRole('slider');
const legend = (name: string) =>
  histogram().getByRole('list', { name: 'What the bars are made of' }).getByRole('button', { name });

/** How long the shown range is, in ms; undefined where an end of it is open. */
function spanMs(): number | undefined {
  const [from, to] = [reader.query.get('from'), reader.query.get('to')];
  return from !== null && to !== null ? Date.parse(to) - Date.parse(from) : undefined;
}

/** Waits for another range, and tells how long it is. */
async function nextSpan(before: number | undefined): Promise<number> {
  await until('the range is another', () => spanMs() !== undefined && spanMs() !== before, 10_000);
  return spanMs() ?? 0;
}

describe('facets', () => {
  it('ask for a value alone, for one more and for all others, in line with the legend', async () => {
    await sit(`/home?${range}`);
    const connector = facet('Connector');
    await connector.getByRole('button', { name: 'Only builds' }).click();
    await asked('connector:builds');
    await connector.getByRole('checkbox', { name: 'Include code' }).check();
    await asked('connector:(builds OR code)');
    await reader.counts('103 rows');
    await connector.getByRole('button', { name: 'Exclude code' }).click();
    await asked('connector:(builds -code)');
    await connector.getByRole('button', { name: 'No longer exclude code' }).click();
    await connector.getByRole('checkbox', { name: 'Include builds' }).uncheck();
    await asked(null);

    await legend('cluster').click();
    await asked('-connector:cluster');
    expect(await legend('cluster').getAttribute('aria-pressed')).toBe('false');
    await connector.getByRole('button', { name: 'No longer exclude cluster' }).click();
    await asked(null);
    expect(await legend('cluster').getAttribute('aria-pressed')).toBe('true');
    expect(reader.faults).toEqual([]);
  });

  it('find a value by its letters, and are kept on top', async () => {
    const { page } = await sit(`/home?${range}`);
    await facet('Project').getByRole('button', { name: 'Search in Project' }).click();
    await page.keyboard.type('billing');
    const values = facet('Project').getByRole('checkbox');
    await until('two projects are left', async () => (await values.count()) === 2);
    await facet('Actor').getByRole('button', { name: 'Keep Actor on top' }).click();
    await page.reload();
    await facet('Actor').getByRole('button', { name: 'Only Kim' }).waitFor();
    const names = await page.locator('.facets').getByRole('heading', { level: 3 }).allInnerTexts();
    expect(names.indexOf('Actor')).toBeLessThan(names.indexOf('Connector'));
  });
});

describe('the histogram', () => {
  it('zooms in by a click, by dragging and by keys, and out by a double click', async () => {
    const { page } = await sit(`/home?${range}`);
    const box = async () => (await bars().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await bars().waitFor();
    const whole = spanMs();
    expect(whole).toBe(2 * hour);
    const { x, y, width, height } = await box();
    const middle = y + height / 2;

    await page.mouse.move(x + width * 0.25, middle);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.5, middle, { steps: 5 });
    await page.mouse.move(x + width * 0.75, middle, { steps: 5 });
    await page.mouse.up();
    const dragged = await nextSpan(whole);
    expect(dragged).toBeGreaterThan(0.4 * 2 * hour);
    expect(dragged).toBeLessThan(0.6 * 2 * hour);

    await page.mouse.dblclick(x + width / 2, middle);
    expect(await nextSpan(dragged)).toBeGreaterThan(dragged);
    await page.goBack();
    await page.goBack();
    await until('it is the whole again', () => spanMs() === whole);

    await page.mouse.click(x + width / 2, middle);
    const clicked = await nextSpan(whole);
    expect(clicked).toBeLessThan(0.05 * 2 * hour);
    await page.goBack();
    await until('it is the whole again', () => spanMs() === whole);

    await bars().focus();
    await reader.press('Home', 'ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Enter');
    const chosen = await nextSpan(whole);
    expect(chosen % 3).toBe(0);
    await bars().focus();
    await reader.press('Backspace');
    expect(await nextSpan(chosen)).toBeGreaterThan(chosen);
    expect(reader.faults).toEqual([]);
  });

  it('is a table of the same numbers, too', async () => {
    await sit(`/home?${range}`);
    await histogram().getByRole('button', { name: 'Show as a table' }).click();
    await histogram().getByRole('table').waitFor();
    const sums = await reader.page.evaluate<number[]>(
      `[1, 2].map((column) => [...document.querySelectorAll('.histogram-table tbody tr')]
        .reduce((sum, row) => sum + Number(row.cells[column].textContent), 0))`,
    );
    expect(sums).toEqual([155, 1]);
    await histogram().getByText('155 events').first().waitFor();
  });
});

describe.each([
  ['histogram', 'The events could not be counted'],
  ['facets', 'The facets could not be counted'],
])('a %s that fails', (what, words) => {
  it('hides no row, says why, and can be tried again', async () => {
    reader = await Reader.sit(browser, stack.url);
    const { page } = reader;
    let fails = true;
    await page.route(`**/api/timeline/${what}?*`, (route) =>
      fails ? route.fulfill({ status: 500, json: {} }) : route.continue(),
    );
    await reader.open(`/home?${range}`);
    const alert = page.getByRole('alert').filter({ hasText: words });
    await alert.waitFor();
    await page.locator('[data-row]').first().waitFor();
    fails = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alert.waitFor({ state: 'detached' });
    await facet('Connector').getByRole('button', { name: 'Only builds' }).waitFor();
    await bars().waitFor();
    expect(reader.faults).toEqual([]);
  });
});
