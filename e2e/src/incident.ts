import type { NewEvent } from '@painchain/contract';

/** The hash of a commit, or of an image, for the number of a story. */
const hex = (n: number, length: number) =>
  Array.from({ length: Math.ceil(length / 8) }, (_, part) =>
    (((n + 1) * 2_654_435_761 + part * 40_503) >>> 0).toString(16).padStart(8, '0'),
  )
    .join('')
    .slice(0, length);

export interface Incident {
  /** When production broke. */
  at: Date;
  sha: string;
  image: string;
  events: NewEvent[];
}

/**
 * A release that breaks production at `at`: a commit, its pull request, the run that built it, the image and the
 * rollout that failed, each known to another source. Nothing but the keys that they share hangs them together.
 */
export function incidentAt(at: Date, n = 0): Incident {
  const sha = hex(n, 40);
  const digest = hex(n + 1_000, 64);
  const image = `registry.example.com/acme/checkout:2.${n}.0@sha256:${digest}`;
  const before = (minutes: number) => new Date(at.getTime() - minutes * 60_000).toISOString();
  const of = (event: Omit<NewEvent, 'data'> & Partial<NewEvent>): NewEvent => ({ data: {}, ...event });
  const events = [
    of({
      title: 'Charge cards twice as fast',
      connector: 'code',
      project: 'acme/checkout',
      type: 'commit',
      actor: 'Ada Author',
      timestamp: before(52),
      refs: [`commit:${sha}`],
      data: { sha, branch: 'main', message: 'Charge cards twice as fast\n\nThe pool waits for nobody.' },
    }),
    of({
      title: 'Merged “Charge cards twice as fast”',
      connector: 'code',
      project: 'acme/checkout',
      type: 'pull_request',
      status: 'merged',
      actor: 'Grace Reviewer',
      timestamp: before(41),
      subject: `acme/checkout/change/${n + 40}`,
      refs: [`change:acme/checkout#${n + 40}`, `commit:${sha}`],
    }),
    of({
      title: `Build ${n + 900} of checkout`,
      connector: 'builds',
      project: 'acme/checkout',
      type: 'pipeline',
      status: 'success',
      actor: 'Ada Author',
      timestamp: before(30),
      subject: `acme/checkout/run/${n + 900}`,
      refs: [`commit:${sha}`, `image:registry.example.com/acme/checkout@sha256:${digest}`],
      data: { duration_seconds: 421, image },
    }),
    of({
      title: `Image checkout:2.${n}.0 pushed`,
      connector: 'registry',
      project: 'acme/checkout',
      type: 'image_pushed',
      timestamp: before(28),
      refs: [`image:registry.example.com/acme/checkout@sha256:${digest}`],
      data: { image },
    }),
    of({
      title: 'Rollout of checkout failed',
      connector: 'cluster',
      project: 'production/shop',
      type: 'rollout',
      status: 'failure',
      actor: 'deploy-bot[bot]',
      environment: 'production',
      timestamp: before(4.2),
      subject: `production/shop/checkout/rollout/${n + 7}`,
      refs: [`image:registry.example.com/acme/checkout@sha256:${digest}`],
      data: {
        reason: 'ProgressDeadlineExceeded',
        replicas: { old: 3, new: 5 },
        image: { old: `registry.example.com/acme/checkout:1.${n}.9`, new: image },
        limits: { from: { memory: '512Mi' }, to: { memory: '256Mi' } },
        containers: [{ name: 'checkout', memory: { before: '512Mi', after: '256Mi' } }],
      },
    }),
  ];
  return {
    at,
    sha,
    image,
    events: events.map((event, place) => ({ key: `incident-${n}-${place}`, ...event })),
  };
}
