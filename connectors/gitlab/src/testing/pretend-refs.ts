import { SourceError } from '@painchain/connector-sdk';
import { digest } from '@painchain/connector-sdk/rounds';
import type { Round } from '../looks/look.js';
import { refs } from '../looks/refs/refs.js';
import { nothing } from '../translate/push.js';
import { type LookRun, ScriptedGitLab, runLook } from './scripted-gitlab.js';

export type RefsState = Parameters<typeof refs.look>[1];

const path = '/projects/7';
const start = Date.UTC(2026, 10, 24, 10);

export const branchList = `${path}/repository/branches?pagination=keyset&per_page=100`;
export const tagList = `${path}/repository/tags?pagination=keyset&order_by=name&sort=asc&per_page=100`;
export const firstEvents = `${path}/events?action=pushed&per_page=100`;
export const laterEvents = `${path}/events?action=pushed&per_page=30`;

/** A commit for a letter from a to f; for an upper case one the object of an annotated tag of that commit. */
export function sha(letter: string): string {
  if (letter === '') return nothing;
  const isCommit = letter === letter.toLowerCase();
  return isCommit ? letter.repeat(40) : `1${letter.toLowerCase()}`.repeat(20);
}

interface Entry {
  ref_type?: string;
  ref: string | null;
  from?: string;
  to?: string;
  count?: number;
}

/** A project's refs as GitLab would show them, moved by hand: commits are letters, none is empty. */
export class PretendRefs {
  readonly branches = new Map<string, string>();
  readonly tags = new Map<string, string>();
  #events: object[] = [];
  #hidden: object[] = [];
  #id = 100;
  #minutes = 0;
  #known: RefsState;
  asked: string[] = [];

  get now(): number {
    return start + this.#minutes * 60_000;
  }

  /** Moves a ref; `told`: whether the activity says so, now or once it is `late`. */
  move(ref: string, to: string, told: 'at once' | 'late' | 'never' = 'at once'): this {
    const [room = '', name = ''] = ref.split(':');
    const refs = room === 'tag' ? this.tags : this.branches;
    const from = this.at(ref);
    if (to === '') refs.delete(name);
    else refs.set(name, to);
    if (told === 'never') return this;
    const entry = this.#entry({ ref_type: room, ref: name, from, to });
    (told === 'late' ? this.#hidden : this.#events).push(entry);
    return this;
  }

  /** Where a ref stands; nothing where there is none. */
  at(ref: string): string {
    const [room = '', name = ''] = ref.split(':');
    return (room === 'tag' ? this.tags : this.branches).get(name) ?? '';
  }

  /** An entry for many refs at once. */
  bulk(ref_type: string, count: number): this {
    this.#events.push(this.#entry({ ref_type, ref: null, count }));
    return this;
  }

  /** What was late shows now. */
  catchUp(): this {
    this.#events.push(...this.#hidden);
    this.#hidden = [];
    return this;
  }

  /** Looks once, `minutes` after the look before; a look that is not kept is as one that was killed. */
  async look(minutes = 1, { keeps = true, round = {}, gitlab }: Options = {}): Promise<LookRun<RefsState>> {
    this.#minutes += minutes;
    const scripted = gitlab ?? this.gitlab(0);
    const run = await runLook(refs, scripted, this.#known, round);
    this.asked = scripted.asked;
    if (keeps) this.#known = run.state;
    return run;
  }

  /** The activity, the newest first. */
  eventsOf(): object[] {
    return this.#events.toSorted((one, other) => idOf(other) - idOf(one));
  }

  /** What is asked `minutes` after the look before. */
  gitlab(minutes = 1): ScriptedGitLab {
    const events = this.eventsOf();
    const tags = [...this.tags].map(([name, to]) => tagOf(name, to));
    const gitlab = new PretendGitLab(this.now + minutes * 60_000)
      .says(branchList, etagged([...this.branches].map(([name, to]) => branchOf(name, to))))
      .says(tagList, etagged(tags))
      .says(firstEvents, etagged(events))
      .says(laterEvents, etagged(events.slice(0, 30)));
    for (const tag of tags) gitlab.says(`${path}/repository/tags/${tag.name}`, { json: tag });
    for (const [name, to] of this.branches) {
      gitlab.says(`${path}/repository/branches/${name}`, { json: branchOf(name, to) });
    }
    return gitlab;
  }

  #entry({ ref_type = 'branch', ref, from = '', to = '', count }: Entry): object {
    this.#id += 1;
    return {
      id: this.#id,
      created_at: new Date(this.now).toISOString(),
      author: { username: 'ada' },
      push_data: {
        action: from === '' ? 'created' : to === '' ? 'removed' : 'pushed',
        ref_type,
        ref,
        commit_from: from === '' ? null : sha(from),
        commit_to: to === '' ? null : sha(to),
        commit_count: to === '' ? 0 : 1,
        commit_title: to === '' ? null : `Make ${to}`,
        ref_count: count ?? null,
      },
    };
  }
}

interface Options {
  keeps?: boolean;
  round?: Partial<Round>;
  gitlab?: ScriptedGitLab;
}

/** What isn't said otherwise: commits are known by their first digits; nothing else is there. */
class PretendGitLab extends ScriptedGitLab {
  override async find(target: string | URL, question: { etag?: string | undefined } = {}) {
    try {
      return await super.find(target, question);
    } catch (error) {
      const json = error instanceof SourceError ? undefined : answerTo(String(target));
      if (json === undefined) throw error;
      if (json === null) return undefined;
      return { unchanged: false as const, json, headers: {}, etag: undefined, next: undefined };
    }
  }
}

/** Null where there is nothing, undefined for what nobody asks. */
function answerTo(address: string): object | null | undefined {
  const commit = /\/repository\/commits\/(\w)/.exec(address)?.[1];
  if (commit !== undefined) return { id: sha(commit) };
  const [, from, to] = /\/compare\?from=(\w)\w*&to=(\w)/.exec(address) ?? [];
  if (from !== undefined && to !== undefined) return comparisonOf(from, to);
  return /\/repository\/(?:branches|tags)\/./.test(address) ? null : undefined;
}

/** Later letters were made on top of earlier ones. */
function comparisonOf(from: string, to: string): object {
  const first = from.charCodeAt(0);
  const letters = Array.from({ length: Math.max(0, to.charCodeAt(0) - first) }, (_, index) =>
    String.fromCharCode(first + index + 1),
  );
  const commits = letters.map((letter) => ({
    id: sha(letter),
    title: `Make ${letter}`,
    author_name: 'Ada',
    parent_ids: [sha(String.fromCharCode(letter.charCodeAt(0) - 1))],
  }));
  return { commits, diffs: [] };
}

function idOf(event: object): number {
  return 'id' in event ? Number(event.id) : 0;
}

function etagged(json: object[]) {
  return { json, etag: `"${digest(JSON.stringify(json), 20)}"` };
}

function branchOf(name: string, to: string) {
  return { name, commit: { id: sha(to) }, protected: false };
}

function tagOf(name: string, to: string) {
  const commit = sha(to.toLowerCase());
  const isAnnotated = to !== to.toLowerCase();
  return {
    name,
    target: sha(to),
    message: isAnnotated ? 'Second edition' : '',
    commit: { id: commit },
    protected: true,
  };
}
