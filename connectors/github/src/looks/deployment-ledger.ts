import { z } from 'zod';
import type { Deployment } from '../translate/deployment.js';

/** Statuses of one deployment whose ids are remembered; those with smaller ids were told, too. */
const rememberedStatuses = 12;
/** Deployments that are remembered beside those that are followed: the newest. */
const remembered = 60;
/** Of one environment the latest deployments that succeeded: the one before turns inactive when it is superseded. */
const latestOfEnvironment = 2;
const followed = { quickly: 30, slowly: 100 };

/** When a deployment was last touched, what state it has come to (undefined: nobody has asked), what was told. */
const Known = z.object({
  id: z.int(),
  touched: z.string(),
  environment: z.string().max(300).optional(),
  state: z.string().max(50).optional(),
  told: z.array(z.int()).max(rememberedStatuses),
  etag: z.string().max(500).optional(),
});
export type KnownDeployment = z.infer<typeof Known>;

export const DeploymentLedgerState = z.array(Known).max(500);

/** States that nothing more is expected to follow, as long as nobody touches the deployment. */
const final: ReadonlySet<string> = new Set(['success', 'failure', 'error', 'inactive']);

/** Beyond this, a deployment that nobody touches waits for a human, or was given up. */
const quickMs = 86_400_000;
/** A status may show this much later than the deployment that it has touched. */
const lateMs = 10 * 60_000;

function isOpen({ state }: KnownDeployment): boolean {
  return state !== undefined && !final.has(state);
}

function isYounger({ touched }: KnownDeployment, at: string, ms: number): boolean {
  return Date.parse(at) - Date.parse(touched) < ms;
}

export function isTold({ told }: KnownDeployment, statusId: number): boolean {
  return told.includes(statusId) || (told.length === rememberedStatuses && statusId < Math.min(...told));
}

/** What is known of deployments. */
export class DeploymentLedger {
  readonly #known: Map<number, KnownDeployment>;
  readonly #before: ReadonlySet<number>;
  readonly #asked = new Set<number>();

  constructor(known: readonly KnownDeployment[] = []) {
    this.#known = new Map(known.map((entry) => [entry.id, entry]));
    this.#before = new Set(this.#known.keys());
  }

  get(id: number): KnownDeployment | undefined {
    return this.#known.get(id);
  }

  /** Whether it was known before this look. */
  wasKnown(id: number): boolean {
    return this.#before.has(id);
  }

  /** Whether its statuses were asked for at this look. */
  wasAsked(id: number): boolean {
    return this.#asked.has(id);
  }

  /** Notes that a deployment was seen; what is known of its statuses stays. */
  see({ id, updated_at: touched, environment }: Deployment): KnownDeployment {
    const known = this.#known.get(id);
    const entry: KnownDeployment = { ...(known ?? { id, told: [] }), touched };
    if (environment?.trim()) entry.environment = environment.slice(0, 300);
    this.#known.set(id, entry);
    return entry;
  }

  /** Notes what its statuses say. */
  note(entry: KnownDeployment): void {
    this.#asked.add(entry.id);
    const told = entry.told.sort((one, other) => other - one).slice(0, rememberedStatuses);
    this.#known.set(entry.id, { ...entry, told });
  }

  /** The newest first. */
  get #newest(): KnownDeployment[] {
    return [...this.#known.values()].sort((one, other) => other.id - one.id);
  }

  /** Whether something is under way at an instant (RFC 3339). */
  isBusy(at: string): boolean {
    return this.#newest.some((entry) => isOpen(entry) && isYounger(entry, at, quickMs));
  }

  /** Those that are asked for at every look: what is under way, and what was touched just now. */
  quick(at: string): KnownDeployment[] {
    return this.#newest
      .filter((entry) => isYounger(entry, at, lateMs) || (isOpen(entry) && isYounger(entry, at, quickMs)))
      .slice(0, followed.quickly);
  }

  /** Those that may yet change, although nothing is under way: what stands in its environment, and what waits. */
  get standing(): KnownDeployment[] {
    const successes = new Map<string, number>();
    const environments = new Set<string>();
    const stands = (entry: KnownDeployment): boolean => {
      const { state, environment = '' } = entry;
      const newest = !environments.has(environment);
      environments.add(environment);
      if (state !== 'success') return isOpen(entry) || (state === undefined && newest);
      const nth = (successes.get(environment) ?? 0) + 1;
      successes.set(environment, nth);
      return nth <= latestOfEnvironment;
    };
    return this.#newest.filter(stands).slice(0, followed.slowly);
  }

  /** What to keep. */
  stateAt(at: string): KnownDeployment[] {
    const follows = new Set([...this.quick(at), ...this.standing].map(({ id }) => id));
    return this.#newest
      .filter(({ id }, place) => place < remembered || follows.has(id))
      .map(({ etag, ...entry }) => (etag && follows.has(entry.id) ? { ...entry, etag } : entry));
  }
}
