import type { JsonObject, NewEvent, TimelinePage } from '@painchain/contract';

/** An event as somebody's script would send it; happened just now unless told otherwise. */
export function sampleEvent(event: Partial<NewEvent> & { title: string }): NewEvent {
  return {
    connector: 'script',
    project: 'acme/checkout',
    timestamp: new Date().toISOString(),
    data: {},
    ...event,
  };
}

/** Events of the past, three at each instant, so that pages have to part rows of one instant. */
export function manyEvents(count: number): NewEvent[] {
  const span = 3 * 86_400_000;
  const start = Date.now() - span;
  const stepMs = Math.min(60_000, Math.floor((span * 3) / count));
  return Array.from({ length: count }, (_, n) =>
    sampleEvent({
      title: `Nightly build ${n}`,
      connector: 'builds',
      project: `acme/service-${n % 7}`,
      key: `build-${n}`,
      status: n % 11 === 0 ? 'failure' : 'success',
      timestamp: new Date(start + Math.floor(n / 3) * stepMs).toISOString(),
    }),
  );
}

/** What else goes on in an hour and a half around a moment: builds and deployments of other teams, all of which went well. */
export function eventsAround(at: Date, count: number): NewEvent[] {
  const services = ['billing', 'search', 'mail', 'stock', 'login'];
  return Array.from({ length: count }, (_, n) => {
    const service = services[n % services.length];
    const isBuild = n % 3 > 0;
    return sampleEvent({
      title: isBuild ? `Build ${n} of ${service}` : `Deployed ${service}`,
      key: `around-${n}`,
      connector: isBuild ? 'builds' : 'cluster',
      project: isBuild ? `acme/${service}` : `production/${service}`,
      type: isBuild ? 'pipeline' : 'rollout',
      status: 'success',
      actor: isBuild ? 'Kim' : 'Robin',
      timestamp: new Date(at.getTime() + (n / count - 0.5) * 5_400_000).toISOString(),
      data: { replicas: n % 7, branch: 'main' },
    });
  });
}

export async function post(origin: string, ...events: NewEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += 500) {
    const response = await fetch(`${origin}/api/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ events: events.slice(from, from + 500) }),
    });
    const answer = (await response.json()) as { results?: { status: string }[] };
    const refused = answer.results?.filter(({ status }) => status === 'rejected') ?? [];
    if (!response.ok || refused.length > 0) {
      throw new Error(`Not taken: ${JSON.stringify(refused[0] ?? answer)}`);
    }
  }
}

/** The ids of all rows that this query has, page by page, newest first. */
export async function idsOf(origin: string, query: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  do {
    const response = await fetch(`${origin}/api/timeline?${query}&limit=200${cursor}`);
    const page = (await response.json()) as TimelinePage;
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.next_cursor === null ? '' : `&cursor=${encodeURIComponent(page.next_cursor)}`;
  } while (cursor !== '');
  return ids;
}

/** What only a hostile or broken source would send. `ran` is set on the window if any of it runs. */
export function hostileEvent(title: string): NewEvent {
  const script = 'window.ran=true';
  return sampleEvent({
    title: `${title} <script>${script}</script><img src=x onerror="${script}"> \u202Egnp.exe`,
    actor: `"><svg onload="${script}">`,
    status: `<b onmouseover="${script}">failed</b>`,
    data: {
      url: `javascript:${script}`,
      homepage: ` JaVaScRiPt:${script}`,
      link: `data:text/html,<script>${script}</script>`,
      split: `java\nscript:${script}`,
      foreign: '//evil.example/x',
      markup: `<iframe srcdoc="<script>parent.ran=true</script>"></iframe>`,
      style: '</style><style>*{display:none}</style>',
      huge: 'x'.repeat(150_000),
      deep: Array.from({ length: 25 }).reduce<JsonObject>((inner) => ({ inner }), { end: true }),
      ...Object.fromEntries(Array.from({ length: 230 }, (_, n) => [`key_${n}\u202E`, n])),
    },
  });
}
