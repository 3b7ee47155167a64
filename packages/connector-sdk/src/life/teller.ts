import { type Heartbeat, type SourceStatus, limits } from '@painchain/contract';
import type { SourceHealth } from '../schedule/source-health.js';
import { jsonBytes } from '../storable/storable-json.js';
import type { IntegrationWorker } from './integration-worker.js';

/** What sources take of a heartbeat that something urgent asks for: such heartbeats may come each second. */
const urgentBytes = 64 * 1024;
/** A status that is no larger is told with all of its intervals. */
const smallStatusBytes = 2 * 1024;

type Worker = Pick<IntegrationWorker, 'proof' | 'trouble' | 'drift' | 'known' | 'health'>;

interface Candidate {
  health: SourceHealth;
  kind: string;
  /** The number of the heartbeat that told it last; 0 when what it told is no longer so. */
  toldBy: number;
}

/** A heartbeat, and what is to be done when it has arrived. */
export interface Telling {
  heartbeat: Heartbeat;
  arrived(): void;
}

/**
 * Makes heartbeats. One that is larger than the backend takes would cost all leases, and a process may have more
 * sources than it can tell at once. So those whose state has changed come first, then those that were told longest ago,
 * as many as fit: all are told within a few heartbeats. The leases themselves always fit.
 */
export class Teller {
  readonly #told = new WeakMap<SourceHealth, { kind: string; by: number }>();
  #count = 0;

  /** @param urgent it comes out of turn, to tell what has changed */
  next(
    workers: readonly Worker[],
    results: Heartbeat['command_results'],
    now: number,
    urgent: boolean,
  ): Telling {
    const leases = workers.map((worker) => ({
      proof: worker.proof,
      told: { trouble: worker.trouble, ...(worker.drift ? { drift: worker.drift } : {}) },
      known: worker.known,
      health: worker.health(),
    }));
    const empty = leases.map(({ proof, told }) => ({ ...proof, ...told, sources: [], partial: true }));
    const envelope: Heartbeat = { state: 'running', leases: empty, command_results: results };
    const left = limits.bodyBytes - jsonBytes(envelope);
    const candidates = leases.flatMap(({ health }) => health).map((health) => this.#candidate(health, now));
    const chosen = choose(candidates, urgent ? Math.min(left, urgentBytes) : left, now);
    const withSources = leases.map(({ proof, told, known, health }) => {
      const sources = health.flatMap((source) => chosen.get(source) ?? []);
      const partial = !known || sources.length < health.length;
      return { ...proof, ...told, sources, ...(partial ? { partial } : {}) };
    });
    const by = ++this.#count;
    const arrived = () => {
      for (const { health, kind } of candidates) if (chosen.has(health)) this.#told.set(health, { kind, by });
    };
    return { heartbeat: { ...envelope, leases: withSources }, arrived };
  }

  #candidate(health: SourceHealth, now: number): Candidate {
    const kind = health.kind(now);
    const told = this.#told.get(health);
    return { health, kind, toldBy: told?.kind === kind ? told.by : 0 };
  }
}

/** The statuses that fit, by the sources that they are of. */
function choose(candidates: readonly Candidate[], bytes: number, now: number) {
  const chosen = new Map<SourceHealth, SourceStatus>();
  const share = Math.max(smallStatusBytes, bytes / candidates.length);
  let left = bytes;
  for (const { health } of candidates.toSorted((a, b) => a.toldBy - b.toldBy)) {
    const status = withinShare(health.status(now), share);
    left -= jsonBytes(status) + 1;
    if (left < 0) break;
    chosen.set(health, status);
  }
  return chosen;
}

/** Without its oldest intervals, if it takes more room than others leave it. */
function withinShare(status: SourceStatus, bytes: number): SourceStatus {
  let { intervals } = status;
  for (; intervals.length > 0; intervals = intervals.slice(Math.ceil(intervals.length / 4))) {
    if (jsonBytes({ ...status, intervals }) <= bytes) break;
  }
  return intervals === status.intervals ? status : { ...status, intervals };
}
