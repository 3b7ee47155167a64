import type { SourceEvent } from '@painchain/connector-sdk';
import { z } from 'zod';
import {
  Deployment,
  DeploymentStatus,
  translateDeployment,
  translateDeploymentStatus,
} from '../translate/deployment.js';
import {
  DeploymentLedger,
  DeploymentLedgerState,
  type KnownDeployment,
  isTold,
} from './deployment-ledger.js';
import { type Found, type Round, defineLook } from './look.js';
import { isTooOld, sightingAt } from './sighting.js';

/** Where nothing moves, what stands in the environments is asked for this often. */
const standingEveryMs = 15 * 60_000;

const DeploymentsState = z.object({
  etag: z.string().max(500).optional(),
  known: DeploymentLedgerState,
  /** When all that stands was last asked for, RFC 3339. */
  asked: z.string(),
});
type DeploymentsState = z.infer<typeof DeploymentsState>;

const List = z.array(z.unknown());

function listOf(round: Round, json: unknown, what: string): unknown[] {
  const { data } = List.safeParse(json);
  if (!data) round.take({ kind: 'unsupported', what });
  return data ?? [];
}

/** All statuses of a deployment, oldest first; undefined where they are unchanged, null where there is none such. */
async function statusesOf(
  round: Round,
  { id, etag }: KnownDeployment,
): Promise<{ statuses: unknown[]; etag: string | undefined } | undefined | null> {
  const { github, path, signal } = round;
  const first = await github.find(`${path}/deployments/${id}/statuses?per_page=100`, { etag, signal });
  if (!first) return null;
  if (first.unchanged) return undefined;
  const statuses = listOf(round, first.json, 'deployment_statuses');
  let { next } = first;
  while (next !== undefined) {
    const reading = await github.get(next, { signal });
    if (reading.unchanged) break;
    statuses.push(...listOf(round, reading.json, 'deployment_statuses'));
    ({ next } = reading);
  }
  return { statuses: statuses.reverse(), etag: first.etag };
}

/** Tells those of a deployment's statuses, oldest first, that weren't told. */
function untold(
  round: Round,
  payload: unknown,
  known: KnownDeployment,
  statuses: readonly unknown[],
): SourceEvent[] {
  let previous: string | null = null;
  return statuses.flatMap((status) => {
    const before = previous;
    const { data } = DeploymentStatus.safeParse(status);
    previous = data?.state ?? previous;
    if (data && isOld(round, known, data)) return [];
    const sighting = data ? sightingAt(data.created_at, round) : {};
    return round.take(translateDeploymentStatus(status, payload, before, round.repository, sighting));
  });
}

function isOld(round: Round, known: KnownDeployment, status: DeploymentStatus): boolean {
  return isTold(known, status.id) || isTooOld(status.created_at, round);
}

/**
 * Asks for the statuses of a deployment and tells those that weren't told. `payload` is the deployment, as a list has
 * shown it; it is asked for where none did.
 */
async function statusNews(
  round: Round,
  ledger: DeploymentLedger,
  known: KnownDeployment,
  payload?: unknown,
): Promise<SourceEvent[]> {
  const found = await statusesOf(round, known);
  if (found === undefined) return [];
  const statuses = found?.statuses ?? [];
  const read = statuses.flatMap((status) => DeploymentStatus.safeParse(status).data ?? []);
  const isNews = statuses.length > read.length || read.some((status) => !isOld(round, known, status));
  const deployment = isNews ? (payload ?? (await deploymentOf(round, known.id))) : undefined;
  // What was deleted, or may not be seen any more, comes to nothing more.
  if (found === null || (isNews && deployment === undefined)) {
    ledger.note({ ...known, state: 'inactive' });
    return [];
  }
  const told = [...new Set([...known.told, ...read.map(({ id }) => id)])];
  const { etag: _, ...entry } = known;
  // One without a status waits for its first.
  const state = (read.at(-1)?.state ?? 'pending').slice(0, 50);
  ledger.note({ ...entry, told, state, ...(found.etag !== undefined && { etag: found.etag }) });
  return isNews ? untold(round, deployment, known, statuses) : [];
}

async function deploymentOf({ github, path, signal }: Round, id: number): Promise<unknown> {
  const reading = await github.find(`${path}/deployments/${id}`, { signal });
  return reading && !reading.unchanged ? reading.json : undefined;
}

/** Tells what is news of a deployment as a list shows it. */
async function deploymentNews(
  round: Round,
  ledger: DeploymentLedger,
  payload: unknown,
): Promise<SourceEvent[]> {
  const { data: deployment } = Deployment.safeParse(payload);
  if (!deployment) return round.take({ kind: 'unsupported', what: 'deployment' });
  const { created_at: createdAt, updated_at: touched } = deployment;
  const before = ledger.get(deployment.id);
  const known = ledger.see(deployment);
  const events: SourceEvent[] = [];
  if (!before && !isTooOld(createdAt, round)) {
    const sighting = sightingAt(createdAt, round);
    events.push(...round.take(translateDeployment(payload, round.repository, sighting)));
  }
  // Every status touches its deployment.
  if (before?.touched === touched || isTooOld(touched, round)) return events;
  return [...events, ...(await statusNews(round, ledger, known, payload))];
}

interface Newest {
  etag: string | undefined;
  /** Environments of the deployments that have moved. */
  moved: ReadonlySet<string | undefined>;
}

/** The list, newest first, down to what was known before or is too old. */
async function* lookAtNewest(
  round: Round,
  ledger: DeploymentLedger,
  known: DeploymentsState | undefined,
): AsyncGenerator<Found<DeploymentsState>, Newest, void> {
  const { github, path, signal } = round;
  const moved = new Set<string | undefined>();
  let etag: string | undefined;
  // The first look also learns what stands in environments where little happens.
  let target: string | URL | undefined = `${path}/deployments?per_page=${known ? 30 : 100}`;
  for (let page = 0; target !== undefined; page += 1) {
    const reading = await github.get(target, { etag: page === 0 ? known?.etag : undefined, signal });
    if (reading.unchanged) return { etag: known?.etag, moved };
    if (page === 0 && known) ({ etag } = reading);
    const payloads = listOf(round, reading.json, 'deployments');
    const deployments = payloads.flatMap((payload) => Deployment.safeParse(payload).data ?? []);
    for (const { id, updated_at: touched, environment } of deployments) {
      if (ledger.get(id)?.touched !== touched) moved.add(environment?.trim() || undefined);
    }
    const events: SourceEvent[] = [];
    for (const payload of payloads.toReversed()) {
      events.push(...(await deploymentNews(round, ledger, payload)));
    }
    yield { events };
    const arrived = deployments.some(
      ({ id, created_at: createdAt }) => ledger.wasKnown(id) || isTooOld(createdAt, round),
    );
    target = arrived ? undefined : reading.next;
  }
  return { etag, moved };
}

/**
 * Deployments of a repository, each with the states that it comes to. A status touches its deployment, which the list
 * shows on its first page. Asked for at each look are those under way, wherever they stand; and, whenever something
 * moves in an environment, what stands there: the deployment before turns inactive when it is superseded.
 */
export const deployments = defineLook<DeploymentsState>({
  name: 'deployments',
  kind: 'deployment',
  state: DeploymentsState,
  async *look(round, known) {
    const ledger = new DeploymentLedger(known?.known);
    const { etag, moved } = yield* lookAtNewest(round, ledger, known);
    const rested = known ? Date.parse(round.at) - Date.parse(known.asked) : Infinity;
    const all = rested >= standingEveryMs;
    const standing = ledger.standing.filter(({ environment }) => all || moved.has(environment));
    const asked = new Map([...ledger.quick(round.at), ...standing].map((entry) => [entry.id, entry]));
    for (const entry of asked.values()) {
      if (ledger.wasAsked(entry.id)) continue;
      const events = await statusNews(round, ledger, entry);
      if (events.length > 0) yield { events };
    }
    yield {
      events: [],
      state: { etag, known: ledger.stateAt(round.at), asked: all || !known ? round.at : known.asked },
      busy: ledger.isBusy(round.at),
    };
  },
});
