import type { SourceContext, TestStep } from '../connector.js';
import { SourceError } from '../source-error.js';
import type { RateLimit } from '../upstream/upstream.js';
import { type Refusal, eventsNotPermitted } from './access.js';
import { missing } from './identity.js';
import type { Place, Watched } from './thing-source.js';
import type { Meant } from './watched-things.js';
import { Whereabouts } from './whereabouts.js';

const most = 20;
/** Whoever waits for an answer is not left waiting for twenty timeouts. */
const longestMs = 20_000;

/** @throws what is no SourceError. */
export function failedStep(name: string, error: unknown): TestStep {
  if (!(error instanceof SourceError)) throw error;
  return { name, ok: false, detail: error.detail, remedy: error.remedy };
}

/** A step for a credential that anybody on its way can read. */
export function encryptionStep(baseUrl: string): TestStep[] {
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol === 'https:' || /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) return [];
  const detail = `The credential goes to ${hostname} unencrypted: whoever is on the way can read it.`;
  return [{ name: 'Encryption', ok: true, detail, remedy: 'Use https in `base_url`.' }];
}

/** Every API knows whose credential it is asked with; a server's pages for browsers don't. */
export function notTheApi(name: string, vendor: string, baseUrl: string, remedy: string): TestStep {
  return { name, ok: false, detail: `What answers at ${baseUrl} is not ${vendor}’s API.`, remedy };
}

/** Whether an error may come from a server's pages for browsers. */
export function isNotTheApi(error: unknown): boolean {
  return error instanceof SourceError && ['not-found', 'moved', 'answer-unreadable'].includes(error.code);
}

/** A step for who counts on webhooks. */
export function webhooksStep({ enabled }: { enabled: boolean }): TestStep[] {
  if (!enabled) return [];
  const detail = 'Nothing takes them in: this connector sees everything by asking, with webhooks or without.';
  const remedy = 'Set `webhook.enabled` to false and leave `polling` on.';
  return [{ name: 'Webhooks', ok: true, detail, remedy }];
}

/** `within a day`, `in 12 days` */
export function inDays(days: number): string {
  if (days <= 0) return 'within a day';
  return `in ${days} day${days === 1 ? '' : 's'}`;
}

export function limitStep(limit: RateLimit | undefined): TestStep[] {
  if (!limit) return [];
  const until = new Date(limit.resetsAt).toISOString().slice(11, 16);
  const detail = `${limit.remaining} of ${limit.limit} requests are left until ${until} UTC.`;
  if (limit.remaining > 0) return [{ name: 'Rate limit', ok: true, detail }];
  const remedy = 'It goes on by itself then. Other programs that use the same credential count, too.';
  return [{ name: 'Rate limit', ok: false, detail, remedy }];
}

/** Tries what is meant for a human: where it is, and what of it may be read. */
export class Trial<Own extends { path: string }, Kind extends string> {
  /** @param words what to call the steps, and what helps where nothing is meant */
  constructor(
    private readonly place: Omit<Place<Own, Kind>, 'looks'>,
    private readonly context: Pick<SourceContext, 'now' | 'signal'>,
    private readonly words: { name: string; nothingMeant: string },
  ) {}

  async steps({ watched, faults }: Meant): Promise<TestStep[]> {
    const { now } = this.context;
    const began = now();
    const { name, nothingMeant } = this.words;
    const steps = faults.slice(0, most).map((fault) => failedStep(name, fault));
    if (watched.length === 0 && faults.length === 0) {
      const detail = `No ${this.place.vendor.noun} is meant by this configuration.`;
      return [{ name, ok: false, detail, remedy: nothingMeant }];
    }
    let tried = 0;
    for (const one of watched.slice(0, most)) {
      if (now() - began > longestMs) break;
      steps.push(await this.#try(one));
      tried += 1;
    }
    const more = watched.length - tried;
    if (more > 0) steps.push({ name, ok: true, detail: `${more} more are watched and were not tried.` });
    return steps;
  }

  async #try({ fullName, id }: Watched): Promise<TestStep> {
    const { upstream, vendor, config } = this.place;
    try {
      const found = await new Whereabouts(upstream, vendor, fullName, id).ask(undefined, this.context.signal);
      const { path } = vendor.ownOf(found);
      const kinds = config.events.filter((kind) => !found.lacks?.includes(kind));
      const refusals = (await Promise.all(kinds.map((kind) => this.#refusalsOf(path, kind)))).flat();
      if (refusals.length > 0)
        return failedStep(fullName, eventsNotPermitted(found.fullName, refusals, vendor.rights));
      const isCalledSo = found.fullName.toLowerCase() === fullName.toLowerCase();
      const renamed = isCalledSo ? '' : ` It is called ${found.fullName}${id === undefined ? ' now' : ''}.`;
      const archived = found.archived ? ' It is read-only, so nothing changes in it.' : '';
      const detail = `All that is configured can be read.${renamed}${archived}`;
      return { name: fullName, ok: true, detail };
    } catch (error) {
      const isMissing = error instanceof SourceError && error.code === `${vendor.noun}-not-found`;
      return failedStep(fullName, isMissing ? missing(vendor, fullName, error) : error);
    }
  }

  async #refusalsOf(path: string, kind: Kind): Promise<Refusal<Kind>[]> {
    const { upstream, vendor } = this.place;
    const { probe } = vendor.rights.access[kind];
    if (probe === undefined) return [];
    try {
      await upstream.get(`${path}${probe}`, { signal: this.context.signal });
      return [];
    } catch (error) {
      if (vendor.isNothingToSee([kind], error)) return [];
      if (vendor.isRefusal(error)) return [{ kinds: [kind], error }];
      throw error;
    }
  }
}
