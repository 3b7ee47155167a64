import { type Head, readHeads } from '../../translate/heads.js';
import type { MergeRequest } from '../../translate/merge-request-facts.js';
import type { Round } from '../look.js';
import { type NotedState, stateEventsOf } from '../state-events.js';
import { type Terms, Thrift } from '../terms.js';

/** What the list doesn't show of a merge request; undefined where it wasn't asked for, or can't be had. */
export interface Asked {
  states?: NotedState[] | undefined;
  approvals?: unknown;
  /** Whether how much it changes is worth asking for, too, once something is told. */
  inFull: boolean;
}

/** What is asked of single merge requests. */
export class MergeRequestQuestions {
  readonly #thrift: Thrift;

  constructor(
    private readonly round: Pick<Round, 'gitlab' | 'path' | 'signal' | 'take' | 'started'>,
    terms: Terms,
  ) {
    this.#thrift = new Thrift(terms, round);
  }

  /** Its states and approvals: neither moves anything in the list but the instant at which it was touched. */
  async of({ iid, state, updated_at }: MergeRequest): Promise<Asked> {
    const path = this.#pathOf(iid);
    const inFull = this.#thrift.allows(updated_at);
    // That it was closed can't be told without its event's id.
    const states = inFull || state === 'closed' ? await stateEventsOf(this.round, path) : undefined;
    return { states, approvals: inFull ? await this.#find(`${path}/approvals`) : undefined, inFull };
  }

  /** The heads that it has had, as far as one page says. */
  async headsOf({ iid }: MergeRequest): Promise<Head[] | undefined> {
    return readHeads(await this.#find(`${this.#pathOf(iid)}/versions?per_page=100`));
  }

  async extentOf({ iid }: MergeRequest): Promise<{ details?: unknown; commit_count?: number | undefined }> {
    const path = this.#pathOf(iid);
    return { details: await this.#find(path), commit_count: await this.#commitCountOf(path) };
  }

  /** GitLab counts a merge request's commits nowhere but in its list of them, and of long lists it doesn't say. */
  async #commitCountOf(path: string): Promise<number | undefined> {
    const { gitlab, signal } = this.round;
    const found = await gitlab.find(`${path}/commits?per_page=100`, { signal });
    if (found?.unchanged !== false || !Array.isArray(found.json)) return undefined;
    const total = found.headers['x-total'];
    if (total !== undefined && /^\d+$/.test(total)) return Number(total);
    return found.next === undefined ? found.json.length : undefined;
  }

  #pathOf(iid: number): string {
    return `${this.round.path}/merge_requests/${iid}`;
  }

  async #find(target: string): Promise<unknown> {
    const { gitlab, signal } = this.round;
    const found = await gitlab.find(target, { signal });
    return found?.unchanged === false ? found.json : undefined;
  }
}
