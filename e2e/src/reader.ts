import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';

/** Below this the page is laid out for a phone. */
const narrowPx = 768;

/** More than there are on any page. */
const mostTabs = 150;

/** What a finger needs, in px. */
const fingerPx = 44;

/**
 * Runs in the page: what can be pressed there and is smaller. A label counts for its box; a link or button within a
 * text may be as small as the text. What lies behind an open window can't be pressed, and a phone has no column heads.
 */
const smallTargets = `(() => {
  const top = [...document.querySelectorAll('dialog[open], [popover]:popover-open')].at(-1) ?? document;
  const pressable = ['a[href]', 'button', 'input', 'select', 'summary', '[role=slider]', '[role=option]', '[data-row]'];
  const isSmall = (px) => Math.round(px) < ${fingerPx};
  return [...top.querySelectorAll(pressable.join())]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((element) => !element.closest('p, .skip-link, .row-head'))
    .map((element) => [element, (element.closest('label') ?? element).getBoundingClientRect()])
    .filter(([, { width, height }]) => isSmall(width) || isSmall(height))
    .map(([{ ariaLabel, innerText, className }, { width, height }]) =>
      [ariaLabel ?? innerText, className, Math.round(width), Math.round(height)].join(' · '));
})()`;

/** Somebody at a browser: a page of one width, and everything that went wrong in it. */
export class Reader {
  private constructor(
    readonly page: Page,
    /** Uncaught errors, errors in the console, and what the content security policy had to refuse. */
    readonly faults: readonly string[],
    private readonly origin: string,
  ) {}

  static async sit(browser: Browser, origin: string, width = 1440): Promise<Reader> {
    const narrow = width < narrowPx;
    const context = await browser.newContext({
      viewport: { width, height: narrow ? 844 : 900 },
      colorScheme: 'dark',
      hasTouch: narrow,
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
    });
    // Others may be using the machine, too.
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('dialog', (dialog) => {
      faults.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      // What the network says is the page's business, and it shows it.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        faults.push(message.text());
      }
    });
    return new Reader(page, faults, origin);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.origin}${path}`);
  }

  /** The timeline's row with this title. */
  row(title: string): Locator {
    return this.page.locator('[data-row]').filter({ hasText: title }).first();
  }

  /** The row that has the focus. */
  get focusedRow(): Locator {
    return this.page.locator('[data-row]:focus');
  }

  /** The panel of the open event. */
  get detail(): Locator {
    return this.page.getByRole('article', { name: 'Event' });
  }

  /** The panel once it shows the event with this title. */
  async shows(title: string): Promise<void> {
    await this.detail.getByRole('heading', { name: title }).waitFor();
  }

  /** What says how the live tail is doing. */
  get badge(): Locator {
    return this.page.getByTitle(/(Pause|Resume) live/);
  }

  get queryBox(): Locator {
    return this.page.getByRole('combobox', { name: 'Query' });
  }

  /** The conditions of the query, as their chips have them. */
  chips(): Promise<string[]> {
    return this.page.locator('.chip-text bdi').allTextContents();
  }

  /** Resolves when so many rows are said to be loaded. */
  async counts(words: string): Promise<void> {
    await this.page
      .locator('.count-row')
      .filter({ hasText: new RegExp(`^${words}(?![\\d,])`) })
      .waitFor();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Goes on with Tab until it has the focus. */
  async tabTo(target: Locator): Promise<void> {
    const focused = target.and(this.page.locator(':focus'));
    for (let presses = 0; (await focused.count()) === 0; presses += 1) {
      if (presses === mostTabs) throw new Error(`Tab does not lead there: ${String(target)}`);
      await this.press('Tab');
    }
  }

  /** The query of the address as it stands. */
  get query(): URLSearchParams {
    return new URL(this.page.url()).searchParams;
  }

  /** Resolves when the live tail is connected. */
  async live(): Promise<void> {
    await this.page.locator('.live-on').waitFor();
  }

  /** The faults of access that axe finds in either theme, each with the places; on the whole page, or within a part. */
  async accessFaults(within = 'html'): Promise<string[]> {
    await this.page.emulateMedia({ colorScheme: 'dark' });
    const dark = await this.#axe(within).analyze();
    // Nothing but the colours is another.
    await this.page.emulateMedia({ colorScheme: 'light' });
    const light = await this.#axe(within).withRules(['color-contrast', 'link-in-text-block']).analyze();
    return [...dark.violations, ...light.violations].map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  }

  /** Our pages have no frames, so the page itself can tell; the other way opens a second one for every question. */
  #axe(within: string): AxeBuilder {
    return new AxeBuilder({ page: this.page })
      .include(within)
      .setLegacyMode()
      .options({ rules: { 'target-size': { enabled: true } } });
  }

  /** How far the page can be scrolled sideways, in px. */
  sideways(): Promise<number> {
    return this.page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
  }

  /** What can be pressed and is too small for a finger; a page that is used with a mouse has none of that. */
  async smallTargets(): Promise<string[]> {
    const isNarrow = (this.page.viewportSize()?.width ?? 0) < narrowPx;
    return isNarrow ? this.page.evaluate<string[]>(smallTargets) : [];
  }

  leave(): Promise<void> {
    return this.page.context().close();
  }
}
