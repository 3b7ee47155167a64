import { gitLabOf, now } from './merge-request-scene.js';
import type { WindowedGitLab } from './windowed-gitlab.js';
import { type MergeRequestShape, delivered, head, mergeRequestPayload, people } from './tickets.js';

export type Deed =
  'close' | 'reopen' | 'merge' | 'comment' | 'retarget' | 'approve' | 'unapprove' | `push ${string}`;

/** A merge request to which one thing happens after the other, and what GitLab would say of it. */
export class MergeRequestLife {
  head = head.a;
  target = 'main';
  isApproved = false;
  /** What has an id of its own, or happens once. */
  readonly happened = ['opened'];
  /** Heads, one after the other. */
  readonly pushed: string[] = [];
  readonly webhooks: unknown[] = [];
  #time = now;
  #closed: string | null = null;
  #merged: string | null = null;
  readonly #states: [id: number, state: string, at: string][] = [];
  readonly #heads: [sha: string, at: string][] = [];
  readonly #created: string;
  #updated: string;

  constructor() {
    this.#created = this.#updated = this.#tick();
    this.#heads.push([this.head, this.#created]);
    this.#deliver('open');
  }

  do(deed: Deed): void {
    const at = this.#tick();
    if (this.#isPossible(deed)) this.#do(deed, at);
  }

  gitLab(): WindowedGitLab {
    const scene = {
      ...this.#shape,
      states: this.#states,
      heads: this.#heads,
      approvals: this.isApproved ? ([[people.cora]] as const) : [],
    };
    return gitLabOf([scene], this.#time);
  }

  get #shape(): MergeRequestShape {
    return {
      head: this.head,
      target: this.target,
      created: this.#created,
      updated: this.#updated,
      closed: this.#closed,
      merged: this.#merged,
    };
  }

  #tick(): string {
    this.#time += 20_000;
    return new Date(this.#time).toISOString();
  }

  #isPossible(deed: Deed): boolean {
    if (deed === 'comment') return true;
    if (deed === 'reopen') return this.#closed !== null;
    return this.#merged === null && this.#closed === null;
  }

  #do(deed: Deed, at: string): void {
    this.#updated = at;
    switch (deed) {
      case 'close':
      case 'reopen':
        this.#closed = deed === 'close' ? at : null;
        this.#note(deed === 'close' ? 'closed' : 'reopened', at);
        return this.#deliver(deed);
      case 'merge':
        this.#merged = at;
        this.#states.push([this.#states.length + 1, 'merged', at]);
        this.happened.push('merged');
        return this.#deliver('merge');
      case 'retarget': {
        const previous = this.target;
        this.target = previous === 'main' ? 'next' : 'main';
        return this.#deliver('update', { changes: { target_branch: { previous } } });
      }
      case 'approve':
      case 'unapprove':
        return this.#approve(deed === 'approve');
      case 'comment':
        return;
      default:
        return this.#push(deed.slice('push '.length));
    }
  }

  #note(state: string, at: string): void {
    const id = this.#states.length + 1;
    this.#states.push([id, state, at]);
    this.happened.push(`${state} ${id}`);
  }

  #approve(isApproved: boolean): void {
    if (this.isApproved === isApproved) return;
    this.isApproved = isApproved;
    this.#deliver(isApproved ? 'approved' : 'unapproved');
  }

  #push(sha: string): void {
    if (this.head === sha) return;
    const oldrev = this.head;
    this.head = sha;
    this.#heads.push([sha, this.#updated]);
    this.pushed.push(sha);
    this.#deliver('update', { attributes: { oldrev } });
  }

  #deliver(action: string, more: Parameters<typeof delivered>[3] = {}): void {
    this.webhooks.push(delivered('merge_request', action, mergeRequestPayload(this.#shape), more));
  }
}
