import type { SourceEvent } from '@painchain/connector-sdk';
import { isTooOld, sightingAt } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import {
  Deployment,
  hasRun,
  reachedAt,
  translateDeployment,
  translateDeploymentStatus,
} from '../../translate/deployment.js';
import { ChangedMark, changedPages, markFrom } from '../changed-pages.js';
import { type Round, defineLook } from '../look.js';
import { DeploymentLedger, LedgerState } from './deployment-ledger.js';

const DeploymentsState = z.object({ mark: ChangedMark, known: LedgerState });
type DeploymentsState = z.infer<typeof DeploymentsState>;

/** What it has come to so far, in order: what it ran through between two looks its job tells. */
function statusesOf(deployment: Deployment): string[] {
  const { status } = deployment;
  return [...new Set(['created', ...(hasRun(deployment) ? ['running'] : []), status])];
}

function statusNews(round: Round, payload: object, deployment: Deployment, status: string): SourceEvent[] {
  const instant = reachedAt(deployment, status);
  if (instant === undefined || isTooOld(instant, round)) return [];
  const sighting = sightingAt(instant, round);
  if (status === 'created') return round.take(translateDeployment(payload, round.project, sighting));
  return round.take(translateDeploymentStatus({ ...payload, status }, round.project, sighting));
}

/** Tells what is news of a deployment that a list shows. */
function deploymentNews(round: Round, ledger: DeploymentLedger, payload: unknown): SourceEvent[] {
  const { data: deployment } = Deployment.safeParse(payload);
  if (!deployment) return round.take({ kind: 'unsupported', what: 'deployment' });
  if (ledger.isKnown(deployment)) return [];
  const statuses = statusesOf(deployment);
  const told = ledger.toldOf(deployment);
  const news = statuses.filter((status) => !told.includes(status));
  ledger.note(deployment, statuses);
  return news.flatMap((status) => statusNews(round, Object(payload) as object, deployment, status));
}

/** Deployments of a project, each with the statuses that it comes to, all of which touch it. */
export const deployments = defineLook<DeploymentsState>({
  name: 'deployments',
  kind: 'deployment',
  state: DeploymentsState,
  async *look(round, known) {
    const ledger = new DeploymentLedger(known?.known);
    let mark = known?.mark;
    // GitLab refuses `updated_after` in any other order: https://docs.gitlab.com/api/deployments/
    for await (const page of changedPages(round, { what: 'deployments', name: 'deployments' }, mark)) {
      const events = page.items.flatMap((item) => deploymentNews(round, ledger, item));
      mark = markFrom(page.mark, ledger.oldest);
      if (!page.last && events.length > 0) yield { events, state: { mark, known: ledger.state } };
      else if (events.length > 0) yield { events };
    }
    if (mark === undefined) return;
    yield { events: [], state: { mark, known: ledger.state }, busy: ledger.isBusy(Date.parse(round.at)) };
  },
});
