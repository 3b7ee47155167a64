import { randomOf, skewed, weighted } from './random.js';
import { sentence, words } from './vocabulary.js';

/** An event as a client sends it. */
export interface BenchEvent {
  key: string;
  title: string;
  connector: string;
  project: string;
  timestamp: string;
  type: string;
  status?: string;
  actor: string;
  url: string;
  environment?: string;
  subject: string;
  tags: string[];
  data: Record<string, unknown>;
}

export interface EventOptions {
  /** Begins the event's key. */
  key: string;
  timestamp: string;
  /** Of a small tenant: 6 projects and 8 actors instead of 200 and 80. */
  small?: boolean;
  /** Stands in the message. */
  word?: string;
}

const typesOf = {
  github: { push: 40, pull_request: 20, review: 10, workflow_run: 25, release: 5 },
  gitlab: { merge_request: 25, pipeline: 40, job: 25, tag: 3, deployment: 7 },
  kubernetes: { rollout: 35, image_changed: 35, scaled: 20, restarted: 10 },
  git: { commit: 1 },
} as const satisfies Record<string, Record<string, number>>;
const statuses = { success: 70, failure: 5, running: 8, merged: 8, open: 6, cancelled: 3 };
const environments = { production: 40, staging: 35, development: 25 };
const services =
  'payment billing search catalog cart login profile invoice shipping stock mail report fraud price media chat audit gateway export sync'.split(
    ' ',
  );
const kinds = 'api web worker jobs db infra client proxy batch docs'.split(' ');

/** The name of the n-th project, the first being the busiest; each belongs to one connector. */
export function projectOf(rank: number): string {
  return `acme/${services[rank % services.length]}-${kinds[Math.floor(rank / services.length) % kinds.length]}`;
}

function connectorOf(rank: number): keyof typeof typesOf {
  return weighted(randomOf(rank + 1), { github: 45, gitlab: 25, kubernetes: 20, git: 10 });
}

function hex(random: () => number, digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
}

/** The event of a number, always the same one. About 830 bytes of it are its `data`. */
export function eventOf(number: number, { key, timestamp, small = false, word }: EventOptions): BenchEvent {
  const random = randomOf(number);
  const rank = skewed(random, small ? 6 : 200);
  const project = projectOf(rank);
  const connector = connectorOf(rank);
  const type = weighted<string>(random, typesOf[connector]);
  const status = connector === 'git' ? undefined : weighted(random, statuses);
  const actor = `dev-${skewed(random, small ? 8 : 80)}`;
  const commit = hex(random, 40);
  const run = 1_000 + Math.floor(random() * 90_000);
  const hasEnvironment = connector === 'kubernetes' || random() < 0.2;
  const environment = hasEnvironment ? weighted(random, environments) : undefined;
  const common = word ?? (random() < 0.1 ? words.common : sentence(random, 1));
  return {
    key: `${key}/${commit}`,
    title: `${sentence(random, 4)} ${common} ${project}#${run}`,
    connector,
    project,
    timestamp,
    type,
    ...(status && { status }),
    actor,
    url: `https://code.example.com/${project}/commit/${commit}`,
    ...(environment && { environment }),
    subject: `${project}/run/${run}`,
    tags: [`team-${rank % 12}`],
    data: {
      event_type: type,
      message: `${sentence(random, 8)}\n\n${common} ${sentence(random, 28)}`,
      commit,
      branch: random() < 0.6 ? 'main' : `feature/${sentence(random, 2).replace(' ', '-')}`,
      files: Array.from({ length: 4 }, () => `src/${sentence(random, 3).replaceAll(' ', '/')}.ts`),
      image: `ghcr.io/${project}:${commit}`,
      html_url: `https://code.example.com/${project}/commit/${commit}`,
      author: { login: actor, email: `${actor}@example.com` },
      run: { id: run, attempt: 1 + (run % 3), duration_seconds: run % 1_800 },
      replicas: { old: run % 7, new: run % 11 },
      queued: random() < 0.1,
    },
  };
}
