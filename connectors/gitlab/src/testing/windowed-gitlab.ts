import type { Question, Reading } from '@painchain/connector-sdk';
import { digest } from '@painchain/connector-sdk/rounds';
import { ScriptedGitLab } from './scripted-gitlab.js';

type Listed = Record<string, unknown>;

/** How many of a list GitLab gives at once. */
const pageItems = 100;

/** A scripted GitLab with one list that is asked for by windows of `updated_after`, as GitLab serves it. */
export class WindowedGitLab extends ScriptedGitLab {
  /** The windows that were asked for: from when on. */
  readonly windows: string[] = [];

  /** @param name of the list, under the project's path */
  constructor(
    private readonly name: string,
    private readonly items: readonly Listed[],
    time?: number,
  ) {
    super(time);
  }

  override get(target: string | URL, question: Question = {}): Promise<Reading> {
    const address = String(target);
    const since = /updated_after=([^&]+)/.exec(address)?.[1];
    if (since === undefined || !address.includes(`/${this.name}?`)) return super.get(target, question);
    if (!address.includes('scripted_page')) this.#script(address, decodeURIComponent(since));
    return super.get(target, question);
  }

  #script(address: string, since: string): void {
    this.windows.push(since);
    const found = this.items
      .filter(({ updated_at }) => String(updated_at) >= since)
      .toSorted((one, other) => String(one['updated_at']).localeCompare(String(other['updated_at'])));
    if (found.length <= pageItems) {
      this.says(address, { json: found, etag: digest(JSON.stringify(found), 12) });
      return;
    }
    const pages = Array.from({ length: Math.ceil(found.length / pageItems) }, (_, page) =>
      found.slice(page * pageItems, (page + 1) * pageItems),
    );
    this.says(address, { pages });
  }
}
