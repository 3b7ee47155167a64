import type { SourceEvent } from '@painchain/connector-sdk';
import { isTooOld, sightingAt } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import {
  Deployment,
  DeploymentStatus,
  translateDeployment,
  translateDeploymentStatus,
} from '../../translate/deployment.js';
import type { Round } from '../look.js';
import { type DeploymentLedger, type KnownDeployment, isTold } from './deployment-ledger.js';

/** Pages of a deployment's statuses; whoever has more has them from a machine. */
const statusPages = 10;
/** A first look asks for the statuses of no more deployments, the newest, so that it ends before a limit does. */
const askedAtFirst = 500;

const List = z.array(z.unknown());

/** What is on a page of a list; nothing where it is no list. */
export function listOf(round: Round, json: unknown, what: string): unknown[] {
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
  for (let page = 1; page < statusPages && next !== undefined; page += 1) {
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
export async function statusNews(
  round: Round,
  ledger: DeploymentLedger,
  known: KnownDeployment,
  payload?: unknown,
): Promise<SourceEvent[]> {
  const found = await statusesOf(round, known);
  if (found === undefined) {
    ledger.note(known);
    return [];
  }
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
export async function deploymentNews(
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
  if (round.before === null && ledger.askedCount >= askedAtFirst) return events;
  return [...events, ...(await statusNews(round, ledger, known, payload))];
}
