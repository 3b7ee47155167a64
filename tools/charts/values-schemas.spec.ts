import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { charts, connectorTypes, read } from './charts.mjs';
import { find, needsHelm, podsOf, render, tryToRender } from './testing/render.js';

const painchain = 'charts/painchain';
const external = { enabled: false };
const secret = { existingSecret: 'db' };

function refusal(chart: string, set: Record<string, unknown>): string {
  const { status, stderr } = tryToRender(chart, { set });
  return status === 0 ? '' : stderr;
}

describe('values', { timeout: 60_000 }, () => {
  beforeEach(needsHelm);

  it.each(charts)('of %s that nobody knows are refused by their names', (chart) => {
    for (const set of [{ replcas: 3 }, { image: { tga: '1' } }, { networkPolicy: { enabeld: true } }]) {
      const [name] = /replcas|tga|enabeld/.exec(JSON.stringify(set)) ?? [''];
      expect(refusal(chart, set)).toContain(name);
    }
  });

  it.each([
    ['another one of all images', { image: { tag: 'latest' } }],
    ['a digest that is none', { image: { digest: 'sha256:0' } }],
    ['root', { podSecurityContext: { runAsUser: 0 } }],
    ['a log level that is none', { logLevel: 'loud' }],
    ['a variable without a name', { extraEnv: [{ value: '1' }] }],
  ])('are refused in every chart where they are wrong: %s', (_title, set) => {
    expect(charts.filter((chart) => refusal(chart, set) === '')).toEqual([]);
  });

  it.each([
    ['retention', { retention: 'soon' }],
    ['a strategy', { strategy: 'Perhaps' }],
    ['an address', { postgresql: external, externalDatabase: { url: 'mysql://x' } }],
    ['a tenants’ host without a star', { ingress: { tenantHost: 'painchain.example.com' } }],
    ['a value of a connector within', { 'github-connector': { enabled: true, tokne: 'x' } }],
  ])('of PainChain are refused where they are wrong: %s', (_title, set) => {
    expect(refusal(painchain, set)).not.toBe('');
  });

  it.each([
    ['there is no database', { postgresql: external }, 'externalDatabase.existingSecret'],
    ['there are two databases', { externalDatabase: secret }, 'postgresql.enabled: false'],
    ['the ingress has no name', { ingress: { enabled: true } }, 'ingress.host'],
    ['more is least than most', { autoscaling: { enabled: true, minReplicas: 7 } }, 'maxReplicas'],
    [
      'no policy lets them to their database',
      { postgresql: external, externalDatabase: { url: 'postgresql://o:p%40@db:6432/painchain' } },
      'externalDatabase.port',
    ],
  ])('of PainChain are refused where %s', (_title, set, remedy) => {
    expect(refusal(painchain, set)).toContain(remedy);
  });

  it.each(connectorTypes)('of %s are refused where they are not its file, or more work on it', (type) => {
    const chart = `charts/connectors/${type}`;
    const file = { connector: { type, project: 'team' }, config: {} };
    expect(refusal(chart, { config: { ...file, connector: { type: 'other', project: 'team' } } })).not.toBe(
      '',
    );
    expect(refusal(chart, { config: { ...file, extra: 1 } })).not.toBe('');
    expect(refusal(chart, { config: file, replicas: 2 })).toContain('one process');
    expect(refusal(chart, { config: null, replicas: 2, persistence: { enabled: true } })).toContain(
      'no volume',
    );
    expect(refusal(chart, { secrets: { 'not a name': 'x' } })).not.toBe('');
    expect(refusal(chart, { config: file })).toBe('');
    const deep = (one: object) => ({ config: { ...file, config: { list: [{ inner: one }] } } });
    expect(refusal(chart, deep({ token: 'glpat-bare' }))).toMatch(/`token` as it is.*existingSecret/);
    expect(refusal(chart, deep({ token: 'glpat-bare' }))).not.toContain('glpat-bare');
    for (const one of [{ token: '${A_TOKEN}' }, { token: null }, { secret: true }]) {
      expect(refusal(chart, deep(one))).toBe('');
    }
  });
});

describe('a pod is told', { timeout: 60_000 }, () => {
  beforeEach(needsHelm);

  const environmentOf = (chart: string, rendering: Parameters<typeof render>[1], name: string) => {
    const found = podsOf(render(chart, rendering)).find(([owner]) => owner.metadata.name === name);
    const [container] = found?.[1].spec.containers ?? [];
    return new Map(container?.env?.map((one) => [one.name, one.value]));
  };

  it('the names by which it may be called: service, ingress, tenants, and those that are listed', () => {
    const values = 'charts/painchain/ci/production-values.yaml';
    const hosts = environmentOf(painchain, { values }, 'painchain-backend').get('PAINCHAIN_ALLOWED_HOSTS');
    expect(hosts?.split(',')).toEqual([
      'painchain-backend',
      'painchain-backend.painchain',
      'painchain-backend.painchain.svc',
      'painchain-backend.painchain.svc.cluster.local',
      'painchain.example.com',
      '*.painchain.example.com',
      'painchain.internal',
    ]);
  });

  it.each([
    ['within PainChain’s release', painchain, { release: 'prod' }, 'prod-painchain'],
    [
      'within one that is called otherwise',
      painchain,
      { set: { global: { painchain: { fullname: 'pc' } } } },
      'pc',
    ],
    ['by itself', 'charts/connectors/git', { release: 'x' }, 'painchain'],
  ])('where the backend is and what its key is, %s', (_title, chart, rendering, house) => {
    const set = {
      ...('set' in rendering && rendering.set),
      ...(chart === painchain && { 'git-connector': { enabled: true } }),
    };
    const manifests = render(chart, { ...rendering, set });
    const [, pod] = podsOf(manifests).find(([owner]) => owner.metadata.name.endsWith('git-connector')) ?? [];
    const [container] = pod?.spec.containers ?? [];
    const url = container?.env?.find(({ name }) => name === 'PAINCHAIN_API_URL')?.value;
    expect(url).toBe(`http://${house}-backend:8000/api`);
    expect(JSON.stringify(pod?.spec.volumes)).toContain(`"secretName":"${house}-connector-key"`);
    if (chart === painchain) {
      expect(find(manifests, 'Service', `${house}-backend`).metadata.name).toBe(`${house}-backend`);
      expect(find(manifests, 'Secret', `${house}-connector-key`).immutable).toBe(true);
    }
  });

  it('nothing of monitoring, which is told the dashboard and the alerts as they are written down', () => {
    const manifests = render(painchain, { values: 'charts/painchain/ci/production-values.yaml' });
    const { data } = find(manifests, 'ConfigMap', 'painchain-dashboards');
    expect(data).toEqual({ 'painchain.json': read('docs/grafana/painchain.json') });
    expect(find(manifests, 'PrometheusRule').spec).toEqual(parse(read('docs/prometheus/alerts.yaml')));
  });

  it('its file, and of secrets the names only', () => {
    for (const type of connectorTypes) {
      const manifests = render(`charts/connectors/${type}`, {
        values: `charts/connectors/${type}/ci/file-values.yaml`,
      });
      expect(find(manifests, 'ConfigMap').data?.['config.yaml']).toContain(`type: ${type}`);
      const [, pod] = podsOf(manifests)[0] ?? [];
      expect(pod?.spec.containers[0]?.volumeMounts).toContainEqual({
        name: 'config',
        mountPath: '/app/config.yaml',
        subPath: 'config.yaml',
        readOnly: true,
      });
    }
    const values = 'charts/connectors/github/ci/secrets-values.yaml';
    const given = render('charts/connectors/github', { values });
    expect(JSON.stringify(podsOf(given))).not.toContain('not-a-real-token');
    expect(find(given, 'Secret').data).toEqual({
      GITHUB_TOKEN: Buffer.from('not-a-real-token').toString('base64'),
    });
  });

  it('anew when its file or its secrets are others, and only then', () => {
    const chart = 'charts/connectors/github';
    const annotations = (set: Record<string, unknown>) =>
      podsOf(render(chart, { set }))[0]?.[1].metadata.annotations;
    const file = (project: string) => ({ config: { connector: { type: 'github', project } } });
    expect(annotations(file('a'))).not.toEqual(annotations(file('b')));
    expect(annotations({ secrets: { A: '1' } })).not.toEqual(annotations({ secrets: { A: '2' } }));
    expect(annotations({ ...file('a'), logLevel: 'debug' })).toEqual(annotations(file('a')));
  });
});

describe('without an outage', { timeout: 60_000 }, () => {
  beforeEach(needsHelm);

  it('no backend goes before another is ready, and none gets a request behind its end', () => {
    const { spec } = find(render(painchain), 'Deployment');
    expect(spec).toMatchObject({
      replicas: 2,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        spec: {
          terminationGracePeriodSeconds: 30,
          containers: [
            {
              lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
              readinessProbe: { httpGet: { path: '/api/health/ready' } },
              livenessProbe: { httpGet: { path: '/api/health/live' } },
            },
          ],
        },
      },
    });
    expect(find(render(painchain), 'PodDisruptionBudget').spec).toMatchObject({ maxUnavailable: 1 });
  });

  it('a connector gets a volume later, or loses it', () => {
    const strategyOf = (enabled: boolean) =>
      find(render('charts/connectors/github', { set: { persistence: { enabled } } }), 'Deployment').spec?.[
        'strategy'
      ];
    expect(strategyOf(true)).toEqual({ type: 'Recreate' });
    // What is not said is the API's own, and helm can't take it away by applying something else.
    expect(strategyOf(false)).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    });
  });

  it('an autoscaler is the only one that counts, and a single backend may be drained', () => {
    const scaled = render(painchain, { values: 'charts/painchain/ci/production-values.yaml' });
    expect(find(scaled, 'Deployment', 'painchain-backend').spec).not.toHaveProperty('replicas');
    const { scaleTargetRef } = find(scaled, 'HorizontalPodAutoscaler').spec as { scaleTargetRef: object };
    expect(scaleTargetRef).toMatchObject({ kind: 'Deployment', name: 'painchain-backend' });
    const single = render(painchain, { set: { replicas: 1 } });
    expect(single.filter(({ kind }) => kind === 'PodDisruptionBudget')).toEqual([]);
  });

  it('the database is migrated before anything is replaced, with what is there by then', () => {
    const hookOf = (values: string) => {
      const manifests = render(painchain, { values: `charts/painchain/ci/${values}-values.yaml` });
      const hooks = manifests.filter(({ metadata }) => metadata.annotations?.['helm.sh/hook']);
      return hooks.map(({ kind, metadata }) => [kind, metadata.annotations?.['helm.sh/hook']]);
    };
    const before = 'pre-install,pre-upgrade';
    const policy = ['NetworkPolicy', before];
    expect(hookOf('production')).toEqual([policy, ['Job', before]]);
    expect(hookOf('addresses')).toEqual([policy, ['Secret', before], ['Job', before]]);
    expect(hookOf('trial')).toEqual([
      ['NetworkPolicy', 'pre-upgrade'],
      ['Job', 'pre-upgrade'],
    ]);
    expect(hookOf('bare')).toEqual([]);
    const [, pod] = podsOf(render(painchain)).find(([{ kind }]) => kind === 'Job') ?? [];
    // The account of this release is not there yet.
    expect(pod?.spec.serviceAccountName).toBeUndefined();
    expect(pod?.spec.containers[0]?.command).toEqual(['node', '/app/painchain/backend/dist/migrate.js']);
  });
});
