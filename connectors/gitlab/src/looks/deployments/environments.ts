import { type SourceEvent, SourceError } from '@painchain/connector-sdk';
import { Told, ToldState, cursorText, sightingBetween } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import {
  Environment,
  translateEnvironmentStopped,
  translateGoneEnvironment,
} from '../../translate/environment.js';
import { type Round, defineLook } from '../look.js';

/** Environments that are watched: one page of those that run something. */
const watched = 100;
/** Those that show no more and are asked for at one look; the others are at the next. */
const askedAtOnce = 20;

/** Stops that are remembered: another one of the same environment is told anew. */
export const rememberedStops = 100;

/** Its id and its name, which nobody knows any more once it is deleted. */
const Kept = z.tuple([z.int(), z.string().max(100)]);
type Kept = z.infer<typeof Kept>;

const EnvironmentsState = z.object({
  etag: z.string().max(300).optional(),
  available: z.array(Kept).max(300),
  told: ToldState,
});
type EnvironmentsState = z.infer<typeof EnvironmentsState>;

function readAll(round: Round, json: unknown): Kept[] | undefined {
  const { data } = z.array(z.unknown()).safeParse(json);
  if (!data) {
    round.take({ kind: 'unsupported', what: 'environments that are no list' });
    return undefined;
  }
  return data.flatMap((item): Kept[] => {
    const { data: environment } = Environment.safeParse(item);
    if (!environment) round.take({ kind: 'unsupported', what: 'environment' });
    return environment ? [[environment.id, cursorText(environment.name, 100)]] : [];
  });
}

const missing = ['not-found', 'gone'];
/** What can't be seen right now may well be there. */
const unclear = ['permission-missing', 'unanswerable', 'gitlab-failing'];

/** An environment as it is now. */
async function askFor(
  { gitlab, path, signal }: Round,
  id: number,
): Promise<{ json: unknown } | 'gone' | 'unclear'> {
  try {
    const reading = await gitlab.get(`${path}/environments/${id}`, { signal });
    return reading.unchanged ? 'unclear' : { json: reading.json };
  } catch (error) {
    const code = error instanceof SourceError ? error.code : '';
    if (missing.includes(code)) return 'gone';
    if (unclear.includes(code)) return 'unclear';
    throw error;
  }
}

/** What has become of an environment that shows no more; it stays known where nothing final has. */
async function fateOf(
  round: Round,
  [id, name]: Kept,
  told: Told,
): Promise<{ events: SourceEvent[]; stays: boolean }> {
  const { project, take } = round;
  const answer = await askFor(round, id);
  const between = sightingBetween(round);
  if (answer === 'gone')
    return { events: take(translateGoneEnvironment({ id, name }, project, between)), stays: false };
  if (answer === 'unclear') return { events: [], stays: true };
  const { data: environment } = Environment.safeParse(answer.json);
  if (environment?.state !== 'stopped') return { events: [], stays: environment?.state === 'stopping' };
  const sighting = { ...between, again: told.again(String(id)) };
  return { events: take(translateEnvironmentStopped(answer.json, project, sighting)), stays: false };
}

/** Environments as they are stopped and deleted. What is deployed to them is told as deployments. */
export const environments = defineLook<EnvironmentsState>({
  name: 'environments',
  kind: 'deployment',
  everySeconds: 120,
  state: EnvironmentsState,
  async *look(round, known) {
    const { gitlab, path, signal } = round;
    const target = `${path}/environments?states=available&per_page=${watched}`;
    const reading = await gitlab.find(target, { etag: known?.etag, signal });
    const available = !reading || reading.unchanged ? undefined : readAll(round, reading.json);
    if (!reading || reading.unchanged || !available) {
      if (known) yield { events: [], state: known };
      return;
    }
    const ids = new Set(available.map(([id]) => id));
    const gone = (known?.available ?? []).filter(([id]) => !ids.has(id));
    const told = new Told(known?.told, rememberedStops);
    const events: SourceEvent[] = [];
    const staying = gone.slice(askedAtOnce, watched);
    for (const kept of gone.slice(0, askedAtOnce)) {
      const fate = await fateOf(round, kept, told);
      events.push(...fate.events);
      if (fate.stays) staying.push(kept);
    }
    // As long as somebody's fate is open, the list is to be read in full.
    const etag = staying.length === 0 && reading.etag !== undefined ? { etag: reading.etag } : {};
    yield { events, state: { ...etag, available: [...available, ...staying], told: told.state } };
  },
});
