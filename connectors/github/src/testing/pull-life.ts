import { ScriptedGitHub } from './scripted-github.js';
import { type PullShape, delivered, issueEventPayload, pullDetails, pullPayload } from './tickets.js';

/** What people do with a pull request. */
export type Deed = 'close' | 'reopen' | 'merge' | 'retarget' | 'comment' | `push ${string}`;

const path = '/repos/acme/api';

/** One pull request as it is lived, and as GitHub shows it at any moment. A deed takes a minute. */
export class PullLife {
  /** What GitHub would deliver by itself. */
  readonly webhooks: Record<string, unknown>[] = [];
  /** What happened, by the last parts of the keys that tell it; heads aside, which depend on who looks when. */
  readonly happened: string[] = ['opened'];
  readonly #events: { id: number; event: string; at: string }[] = [];
  readonly #shape: PullShape & { head: string };
  #ms = Date.parse('2026-11-24T09:00:00Z');

  constructor(head: string) {
    const created = this.#now;
    this.#shape = { head, created, updated: created, closed: null, merged: null };
    this.#deliver('opened');
  }

  get head(): string {
    return this.#shape.head;
  }

  get #now(): string {
    return new Date(this.#ms).toISOString().replace('.000', '');
  }

  /** GitHub notes the event of a closing up to a second after the closing itself. */
  do(deed: Deed, lateBySeconds = 0): void {
    const shape = this.#shape;
    const isOpen = shape.closed === null && shape.merged === null;
    if (isOpen === (deed === 'reopen') && deed !== 'comment') return;
    this.#ms += 60_000;
    shape.updated = this.#now;
    const at = new Date(this.#ms + lateBySeconds * 1_000).toISOString();
    if (deed === 'merge') this.#merge(at);
    else if (deed === 'close') this.#close(at);
    else if (deed === 'reopen') this.#reopen();
    else if (deed === 'retarget') this.#retarget();
    else if (deed !== 'comment') this.#push(deed.slice('push '.length));
  }

  /** What can be asked now. */
  gitHub(): ScriptedGitHub {
    const shape = this.#shape;
    const { closed, merged, created = '' } = shape;
    const issue = { number: 42, created, closed: merged ?? closed ?? null, pull: { merged: merged ?? null } };
    const list = [pullPayload(shape)];
    const events = this.#events.map(({ id, event, at }) => issueEventPayload(id, event, at, issue));
    const byTouch = `${path}/pulls?state=all&sort=updated&direction=desc`;
    return new ScriptedGitHub(this.#ms + 30_000)
      .says(`${path}/pulls?state=open&per_page=100`, { json: issue.closed === null ? list : [] })
      .says(`${byTouch}&per_page=100`, { json: list })
      .says(`${byTouch}&per_page=30`, { json: list, etag: JSON.stringify(list) })
      .says(`${path}/issues/events?per_page=100`, {
        json: events.toReversed(),
        etag: JSON.stringify(events),
      })
      .says(`${path}/pulls/42`, { json: pullDetails(shape) })
      .says(`${path}/pulls/42/reviews?per_page=100`, { json: [] });
  }

  #merge(at: string): void {
    this.#shape.merged = this.#now;
    this.#note('merged', at);
    this.#note('closed', at);
    this.happened.push('merged');
    this.#deliver('closed');
  }

  #close(at: string): void {
    this.#shape.closed = this.#now;
    this.happened.push(`issue_event ${this.#note('closed', at)}`);
    this.#deliver('closed');
  }

  #reopen(): void {
    this.#shape.closed = null;
    this.happened.push(`issue_event ${this.#note('reopened', this.#now)}`);
    this.#deliver('reopened');
  }

  #retarget(): void {
    this.#shape.base = this.#shape.base === 'next' ? 'main' : 'next';
    this.happened.push(`issue_event ${this.#note('base_ref_changed', this.#now)}`);
    this.#deliver('edited', { changes: { base: {} } });
  }

  #push(head: string): void {
    if (head === this.#shape.head) return;
    const before = this.#shape.head;
    this.#shape.head = head;
    this.#deliver('synchronize', { before });
  }

  #note(event: string, at: string): number {
    const id = 100 + this.#events.length;
    this.#events.push({ id, event, at });
    return id;
  }

  #deliver(action: string, more: object = {}): void {
    this.webhooks.push(delivered(action, { pull_request: pullDetails(this.#shape), ...more }));
  }
}
