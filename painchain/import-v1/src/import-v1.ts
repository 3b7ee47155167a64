import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { limits, NewEvent, type ItemResult, type JsonObject } from '@painchain/contract';
import type { Api } from './api.js';
import { type Connection, readConnections } from './connections.js';
import { eventOfRow } from './event-of-row.js';
import type { Options } from './options.js';
import { skeletonOf } from './skeletons.js';
import { Tally } from './tally.js';
import { linkedConnections, planTeams, type TeamPlan } from './teams.js';
import type { V1Database } from './v1-database.js';

type Say = (line: string) => void;

export interface Imported {
  tally: Tally;
  teams: { created: number; known: number; leftOut: number };
}

/** Brings over what a v1 database holds. What is there already is passed over, so it may be done again. */
export async function importV1(v1: V1Database, api: Api, options: Options, say: Say): Promise<Imported> {
  const links = await v1.all('team_connections');
  const connections = readConnections(await v1.all('connections'), linkedConnections(links));
  tellConnections(connections, options.skeletons, say);
  const plan = planTeams(await v1.all('teams'), links, connections);
  const teams = await bringTeams(plan, api, options.dryRun, say);
  const identity = options.identity ?? v1.identity;
  const tally = await bringChanges(v1, api, { ...options, identity }, connections, say);
  return { tally, teams };
}

function tellConnections(
  connections: ReadonlyMap<string, Connection>,
  folder: string | undefined,
  say: Say,
): void {
  if (connections.size === 0) return say('v1 had no connections.');
  say(`v1 had ${connections.size} connections. Their secrets are not taken over:`);
  for (const { name, type, enabled, tags, leftOut } of connections.values()) {
    const words = [
      enabled ? type : `${type}, switched off`,
      ...(tags.length > 0 ? [`tags ${tags.join(', ')}`] : []),
    ];
    const secrets = leftOut.length > 0 ? `; left out: ${leftOut.join(', ')}` : '';
    say(`  ${name} (${words.join('; ')})${secrets}`);
  }
  if (folder === undefined)
    return say('  --skeletons <folder> writes them as configuration files to complete.');
  mkdirSync(folder, { recursive: true });
  for (const connection of connections.values()) {
    const { fileName, yaml } = skeletonOf(connection);
    writeNew(join(folder, fileName), yaml, say);
  }
  say(`  Written to ${folder}: complete them and move them to config/.`);
}

/** What is there may have been completed since. */
function writeNew(path: string, text: string, say: Say): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    say(`  ${path} is there already and stays as it is.`);
  }
}

async function bringTeams(plan: TeamPlan, api: Api, dryRun: boolean, say: Say): Promise<Imported['teams']> {
  const counts = { created: 0, known: 0, leftOut: plan.leftOut.length };
  for (const { name, reason } of plan.leftOut) say(`The team ${name} is left out: ${reason}.`);
  if (plan.teams.length === 0 || dryRun) return { ...counts, created: plan.teams.length };
  const there = new Map((await api.teams()).map(({ name, tags }) => [name, tags]));
  for (const team of plan.teams) {
    const tags = there.get(team.name);
    if (tags === undefined) {
      const refusal = await api.createTeam(team);
      if (refusal === undefined) counts.created += 1;
      else {
        counts.leftOut += 1;
        say(`The team ${team.name} is left out: ${refusal}`);
      }
    } else {
      counts.known += 1;
      if (tags.join() !== team.tags.join())
        say(`There is a team ${team.name} already; it keeps its own tags.`);
    }
  }
  return counts;
}

async function bringChanges(
  v1: V1Database,
  api: Api,
  { since, until, dryRun, identity }: Options & { identity: string },
  connections: ReadonlyMap<string, Connection>,
  say: Say,
): Promise<Tally> {
  const total = await v1.countChanges({ since, until });
  say(`${total.toLocaleString('en')} changes, as v1:${identity}.`);
  const tally = new Tally();
  let saidAt = Date.now();
  for await (const rows of v1.changes({ since, until }, limits.batchEvents)) {
    const events = rows.map((row) => eventOfRow(row, { identity, connections }));
    for (const batch of bySize(events)) {
      tally.count(batch, dryRun ? batch.map(judged) : await api.send(batch));
    }
    if (Date.now() - saidAt < 2_000) continue;
    saidAt = Date.now();
    say(`  ${tally.read.toLocaleString('en')} of ${total.toLocaleString('en')} …`);
  }
  return tally;
}

// Leaves room for the envelope.
const batchBytes = limits.batchBytes - 1_024;

/** Batches that the API takes in one piece. */
export function bySize(events: readonly JsonObject[]): JsonObject[][] {
  const batches: JsonObject[][] = [];
  let room = 0;
  for (const event of events) {
    const bytes = Buffer.byteLength(JSON.stringify(event)) + 1;
    if (bytes > room) {
      batches.push([]);
      room = batchBytes;
    }
    batches.at(-1)?.push(event);
    room -= bytes;
  }
  return batches;
}

/** As the API would, as far as the event alone can tell. */
function judged(event: JsonObject): ItemResult {
  const { success, error } = NewEvent.safeParse(event);
  if (!success) {
    const detail = error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`).join('; ');
    return { status: 'rejected', code: 'invalid', detail };
  }
  const bytes = Buffer.byteLength(JSON.stringify(event));
  if (bytes <= limits.eventBytes) return { status: 'stored' };
  return { status: 'rejected', code: 'too_large', detail: `is ${bytes} bytes of JSON` };
}
