import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';

/** Somebody at a browser: a page of one width, and everything that went wrong in it. */
export class Reader {
  private constructor(
    readonly page: Page,
    /** Uncaught errors, errors in the console, and what the content security policy had to refuse. */
    readonly faults: readonly string[],
    private readonly origin: string,
  ) {}

  static async sit(browser: Browser, origin: string, width = 1440): Promise<Reader> {
    const narrow = width < 768;
    const context = await browser.newContext({
      viewport: { width, height: narrow ? 844 : 900 },
      colorScheme: 'dark',
      hasTouch: narrow,
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
    });
    context.setDefaultTimeout(10_000);
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

  /** The query of the address as it stands. */
  get query(): URLSearchParams {
    return new URL(this.page.url()).searchParams;
  }

  /** Resolves when the live tail is connected. */
  async live(): Promise<void> {
    await this.page.locator('.live-on').waitFor();
  }

  /** The faults of access that axe finds in either theme, each with the places. */
  async accessFaults(): Promise<string[]> {
    await this.page.emulateMedia({ colorScheme: 'dark' });
    const dark = await this.#axe().analyze();
    // Nothing but the colours is another.
    await this.page.emulateMedia({ colorScheme: 'light' });
    const light = await this.#axe().withRules(['color-contrast', 'link-in-text-block']).analyze();
    return [...dark.violations, ...light.violations].map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  }

  /** Our pages have no frames, so the page itself can tell; the other way opens a second one for every question. */
  #axe(): AxeBuilder {
    return new AxeBuilder({ page: this.page }).setLegacyMode();
  }

  /** How far the page can be scrolled sideways, in px. */
  sideways(): Promise<number> {
    return this.page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
  }

  leave(): Promise<void> {
    return this.page.context().close();
  }
}
