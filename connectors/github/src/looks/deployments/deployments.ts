import type { SourceEvent } from '@painchain/connector-sdk';
import { isTooOld } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { Deployment } from '../../translate/deployment.js';
import { type Found, type Round, defineLook } from '../look.js';
import { DeploymentLedger, DeploymentLedgerState, environmentOf } from './deployment-ledger.js';
import { deploymentNews, listOf, statusNews } from './deployment-news.js';

/** Where nothing moves, what stands in the environments is asked for this often. */
const standingEveryMs = 15 * 60_000;
/** Pages of the list that are gone through at most. */
const mostPages = 100;

const DeploymentsState = z.object({
  etag: z.string().max(500).optional(),
  known: DeploymentLedgerState,
  /** When all that stands was last asked for, RFC 3339. */
  asked: z.string(),
});
type DeploymentsState = z.infer<typeof DeploymentsState>;

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
  // A long page, since one further down may come back: a new status of an old deployment undoes what came after it.
  let target: string | URL | undefined = `${path}/deployments?per_page=100`;
  for (let page = 0; page < mostPages && target !== undefined; page += 1) {
    const reading = await github.get(target, { etag: page === 0 ? known?.etag : undefined, signal });
    if (reading.unchanged) return { etag: known?.etag, moved };
    if (page === 0) ({ etag } = reading);
    const payloads = listOf(round, reading.json, 'deployments');
    const deployments = payloads.flatMap((payload) => Deployment.safeParse(payload).data ?? []);
    for (const { id, updated_at: touched, environment } of deployments) {
      if (ledger.get(id)?.touched !== touched) moved.add(environmentOf(environment));
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
 * shows if it is among the latest hundred. Asked for at each look are those under way, wherever they stand; and,
 * whenever something moves in an environment, what stands there: the deployment before turns inactive when it is
 * superseded.
 */
export const deployments = defineLook<DeploymentsState>({
  name: 'deployments',
  kind: 'deployment',
  state: DeploymentsState,
  async *look(round, known) {
    const ledger = new DeploymentLedger(known?.known);
    const { etag, moved } = yield* lookAtNewest(round, ledger, known);
    const rested = known ? Math.abs(Date.parse(round.at) - Date.parse(known.asked)) : Infinity;
    const all = rested >= standingEveryMs;
    const standing = ledger.standing.filter(({ environment }) => all || moved.has(environment));
    const quick = ledger.quick(round.before ?? round.at);
    const asked = new Map([...quick, ...standing].map((entry) => [entry.id, entry]));
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
