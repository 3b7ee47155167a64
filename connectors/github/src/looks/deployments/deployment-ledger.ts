import { z } from 'zod';
import type { Deployment } from '../../translate/deployment.js';

/** Statuses of one deployment whose ids are remembered; those with smaller ids were told, too. */
const rememberedStatuses = 12;
/** Deployments that are remembered beside those that are followed: the newest, more than a page shows. */
const remembered = 120;
/** Of one environment the latest deployments that succeeded: the one before turns inactive when it is superseded. */
const latestOfEnvironment = 2;
const followed = { quickly: 30, slowly: 60 };

/** When a deployment was last touched, what state it has come to (undefined: nobody has asked), what was told. */
const Known = z.object({
  id: z.int(),
  touched: z.string(),
  environment: z.string().max(300).optional(),
  production: z.literal(true).optional(),
  state: z.string().max(50).optional(),
  /** All statuses up to this id were told, and of later ones these. */
  upTo: z.int(),
  told: z.array(z.int()).max(rememberedStatuses),
  etag: z.string().max(500).optional(),
});
export type KnownDeployment = z.infer<typeof Known>;

/** Of a deployment that nobody waits for: its id, when it was touched, and up to which id its statuses were told. */
const Resting = z.tuple([z.int(), z.string(), z.int()]);

export const DeploymentLedgerState = z.object({
  followed: z.array(Known).max(500),
  resting: z.array(Resting).max(500),
});
export type DeploymentLedgerState = z.infer<typeof DeploymentLedgerState>;

/** States that nothing more is expected to follow, as long as nobody touches the deployment. */
const final: ReadonlySet<string> = new Set(['success', 'failure', 'error', 'inactive']);

/** Beyond this, a deployment that nobody touches waits for a human, or was given up. */
const quickMs = 86_400_000;
/** A status may show this much later than the deployment that it has touched. */
const lateMs = 10 * 60_000;

function isOpen({ state }: KnownDeployment): boolean {
  return state !== undefined && !final.has(state);
}

/** An environment's name, as it is remembered; undefined where there is none. */
export function environmentOf(name: string | null | undefined): string | undefined {
  return name?.trim().slice(0, 300) || undefined;
}

function isYounger({ touched }: KnownDeployment, at: string, ms: number): boolean {
  return Date.parse(at) - Date.parse(touched) < ms;
}

export function isTold({ upTo, told }: KnownDeployment, statusId: number): boolean {
  return statusId <= upTo || told.includes(statusId);
}

/** What is known of deployments. */
export class DeploymentLedger {
  readonly #known: Map<number, KnownDeployment>;
  readonly #before: ReadonlySet<number>;
  readonly #asked = new Set<number>();

  constructor(state: DeploymentLedgerState = { followed: [], resting: [] }) {
    const resting = state.resting.map(([id, touched, upTo]): KnownDeployment => {
      return { id, touched, state: 'inactive', upTo, told: [] };
    });
    this.#known = new Map([...state.followed, ...resting].map((entry) => [entry.id, entry]));
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

  /** Of how many deployments the statuses were asked for at this look. */
  get askedCount(): number {
    return this.#asked.size;
  }

  /** Notes that a deployment was seen; what is known of its statuses stays. */
  see({
    id,
    updated_at: touched,
    environment,
    production_environment: production,
  }: Deployment): KnownDeployment {
    const known = this.#known.get(id);
    const entry: KnownDeployment = { ...(known ?? { id, upTo: 0, told: [] }), touched };
    if (environment?.trim()) entry.environment = environmentOf(environment);
    if (production) entry.production = true;
    this.#known.set(id, entry);
    return entry;
  }

  /** Notes what its statuses say, or that they say nothing else than before. */
  note(entry: KnownDeployment): void {
    this.#asked.add(entry.id);
    const ids = entry.told.toSorted((one, other) => other - one);
    const upTo = Math.max(entry.upTo, ids[rememberedStatuses] ?? 0);
    this.#known.set(entry.id, { ...entry, upTo, told: ids.slice(0, rememberedStatuses) });
  }

  /** The newest first. */
  get #newest(): KnownDeployment[] {
    return [...this.#known.values()].sort((one, other) => other.id - one.id);
  }

  /** Whether something is under way at an instant (RFC 3339). */
  isBusy(at: string): boolean {
    return this.#newest.some((entry) => isOpen(entry) && isYounger(entry, at, quickMs));
  }

  /**
   * Those that are asked for at every look: what is under way, and what was touched just now, as seen from the look
   * before (RFC 3339): however far apart looks are, one more is taken. What was touched last comes first.
   */
  quick(before: string): KnownDeployment[] {
    return this.#newest
      .filter(
        (entry) => isYounger(entry, before, lateMs) || (isOpen(entry) && isYounger(entry, before, quickMs)),
      )
      .sort((one, other) => Date.parse(other.touched) - Date.parse(one.touched))
      .slice(0, followed.quickly);
  }

  /**
   * Those that may yet change, although nothing is under way: what stands in its environment, and what waits. Previews
   * come and go; they must not push out what stands in production.
   */
  get standing(): KnownDeployment[] {
    const successes = new Map<string, number>();
    const environments = new Set<string>();
    const stands = (entry: KnownDeployment): boolean => {
      const { state, environment = '' } = entry;
      if (state === 'inactive') return false;
      const newest = !environments.has(environment);
      environments.add(environment);
      if (state !== 'success') return isOpen(entry) || (state === undefined && newest);
      const nth = (successes.get(environment) ?? 0) + 1;
      successes.set(environment, nth);
      return nth <= latestOfEnvironment;
    };
    const rank = ({ production }: KnownDeployment) => (production ? 0 : 1);
    return this.#newest
      .filter(stands)
      .sort((one, other) => rank(one) - rank(other))
      .slice(0, followed.slowly);
  }

  /** What to keep. */
  stateAt(at: string): DeploymentLedgerState {
    const follows = new Set([...this.quick(at), ...this.standing].map(({ id }) => id));
    const resting = this.#newest
      .slice(0, remembered)
      .filter(({ id }) => !follows.has(id))
      .map(({ id, touched, upTo, told }): z.infer<typeof Resting> => [id, touched, Math.max(upTo, ...told)]);
    return { followed: this.#newest.filter(({ id }) => follows.has(id)), resting };
  }
}
