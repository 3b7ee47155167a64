// Invented events for developing the interface without a backend. Never shipped.
const projects = [
  'acme/storefront',
  'acme/payments-api',
  'acme/infrastructure',
  'eu-west/production',
  'acme/a-repository-with-a-rather-long-name-indeed',
];
const actors = ['Grace Hopper', 'ada', 'deploy-bot[bot]', 'Linus Müller', 'Μαρία Παπαδοπούλου'];
const titles = [
  ['Deploy storefront 4.12.1 to production', 'failure', 'deployment', 'ci'],
  ['Raise the connection pool of payments from 20 to 50', null, 'commit', 'repo'],
  ['Merge “Retry card authorisations once”', 'merged', 'merge', 'repo'],
  ['main moved to 3f2a9c1', null, 'branch_moved', 'repo'],
  ['Nightly build', 'success', 'run', 'ci'],
  ['Rollout of checkout', 'running', 'rollout', 'cluster'],
  ['Tag v4.12.1 created', null, 'tag_created', 'repo'],
  ['Replica count of checkout changed', 'success', 'scaled', 'cluster'],
];
const hex = (n, length) => {
  let text = '';
  for (let i = 0; text.length < length; i += 1) text += ((n * 2654435761 + i * 40503) >>> 0).toString(16);
  return text.slice(0, length);
};

export const types = [
  {
    type: 'repo',
    name: 'Repository',
    color: '#f05133',
    logo: 'M12 2 2 12l10 10 10-10L12 2Zm0 5 5 5-5 5-5-5 5-5Z',
    description: 'Commits, branches and tags of any repository that a path or an address leads to.',
  },
  {
    type: 'ci',
    name: 'Build farm',
    color: '#9f7aea',
    logo: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
    description: 'Runs and deployments.',
  },
  {
    type: 'cluster',
    name: 'Cluster',
    color: '#326ce5',
    logo: 'M12 2l9 5v10l-9 5-9-5V7z',
    description: 'Rollouts, scaling and failures of workloads.',
  },
].map((type) => ({
  mode: 'poll',
  config_schema: {},
  built_in: true,
  config_example: `connector:\n  type: ${type.type}\n  project: my-team\n`,
  event_schemas: {
    commit: {
      type: 'object',
      properties: { sha: { title: 'Commit', 'x-painchain': { role: 'sha', order: 1 } } },
    },
  },
  ...type,
}));

export function makeEvent(n, atMs, extra = {}) {
  const [title, status, type, connector] = titles[(n * 7) % titles.length];
  const at = new Date(atMs).toISOString().replace('Z', `${String(n % 1000).padStart(3, '0')}Z`);
  const sha = hex(n, 40);
  return {
    id: `evt_${n.toString(36).toUpperCase().padStart(13, '0')}`,
    title,
    connector,
    status,
    type,
    project: projects[(n * 3) % projects.length],
    timestamp: at,
    received_at: at,
    actor: n % 6 === 0 ? null : actors[n % actors.length],
    url: `https://example.com/changes/${n}`,
    environment: n % 3 === 0 ? 'production' : null,
    severity: null,
    subject: `change/${n % 40}`,
    tags: n % 2 ? ['web', 'tier-1'] : [],
    refs: [`commit:${sha}`],
    time_precision: 'exact',
    backfill: false,
    integration_id: 'int_1',
    ...extra,
  };
}

export function withData(row) {
  const n = Number.parseInt(row.id.slice(4), 36);
  return {
    ...row,
    key: `fake:${row.id}`,
    sent_at: null,
    data: {
      sha: hex(n, 40),
      parent: '0'.repeat(40),
      message: `${row.title}\n\nBecause the old limit was reached at noon.\nSee https://example.com/why`,
      author: { name: row.actor ?? 'nobody', email: 'grace@example.com', login: 'ghopper' },
      committed_at: row.timestamp,
      duration_seconds: 234,
      size_bytes: 536870912,
      progress_percent: 42,
      status: row.status,
      replicas: { old: 20, new: 50 },
      image: 'registry.example.com/acme/checkout:4.12.1',
      homepage: 'https://example.com/a/b/c?d=e',
      limits: { from: { cpu: '500m', memory: '512Mi' }, to: { cpu: '1', memory: '1Gi' } },
      timeout: '1h2m',
      runtime: 20,
      files: [
        { path: 'src/pool.ts', added: 12, removed: 3 },
        { path: 'README.md', added: 1, removed: 0 },
      ],
      labels: ['checkout', 'payments', 'reviewed'],
      empty: {},
      missing: null,
      forced: false,
      evil: 'javascript:alert(1)',
      nested: { one: { two: { three: { four: 'deep' } } } },
      log: `\u001b[31mred\u001b[0m line\n${'a long line of text '.repeat(200)}`,
    },
  };
}

const minutesAgo = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();

export function integrations() {
  const source = {
    source: 'storefront',
    project: 'acme/storefront',
    state: 'healthy',
    watermark: minutesAgo(0.2),
    last_sync: minutesAgo(0.2),
    next_sync: minutesAgo(-0.3),
    lag_seconds: 12,
    rate_limit: null,
    progress: null,
    trouble: null,
    intervals: [],
  };
  const base = {
    type: 'repo',
    group: 'shop',
    config: {},
    status: 'active',
    managed_by: 'file',
    file: 'config/repo-connector.yaml',
    registered_at: minutesAgo(3000),
    updated_at: minutesAgo(3000),
    last_sync: minutesAgo(0.2),
    last_event_at: minutesAgo(4),
    last_heartbeat: minutesAgo(0.1),
    connector_id: 'con_1',
    trouble: null,
  };
  const trouble = {
    code: 'unauthorized',
    detail: 'The token was refused (401).',
    remedy: 'Make a new token with read access and put it into the configuration.',
    since: minutesAgo(44),
  };
  return [
    {
      ...base,
      id: 'int_1',
      name: 'repo-shop',
      health: 'healthy',
      sources: [
        source,
        {
          ...source,
          source: 'payments',
          project: 'acme/payments-api',
          state: 'starting',
          progress: { done: 1240, total: 5000, unit: 'commits' },
        },
      ],
    },
    {
      ...base,
      id: 'int_2',
      type: 'ci',
      name: 'ci-main',
      health: 'late',
      sources: [
        {
          ...source,
          state: 'late',
          lag_seconds: 840,
          rate_limit: { limit: 5000, remaining: 12, resets_at: minutesAgo(-20) },
        },
      ],
    },
    {
      ...base,
      id: 'int_3',
      type: 'cluster',
      name: 'cluster-eu',
      health: 'action_required',
      trouble,
      managed_by: 'api',
      file: null,
      sources: [],
    },
    {
      ...base,
      id: 'int_4',
      type: 'repo',
      name: 'old-archive',
      health: 'orphaned',
      sources: [],
      last_event_at: null,
      connector_id: null,
    },
  ];
}

export function connectors() {
  return [
    {
      id: 'con_1',
      type: 'repo',
      version: '2.0.0',
      state: 'running',
      registered_at: minutesAgo(300),
      last_heartbeat: minutesAgo(0.1),
      leases: 2,
    },
    {
      id: 'con_2',
      type: 'ci',
      version: '2.0.0',
      state: 'silent',
      registered_at: minutesAgo(300),
      last_heartbeat: minutesAgo(12),
      leases: 0,
    },
  ];
}
