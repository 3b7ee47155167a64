import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Manifest,
  type Pod,
  find,
  needsHelm,
  podsOf,
  render,
  runHelm,
  scenarios,
  selects,
} from './testing/render.js';
import { containersOf, restrictedViolationsOf } from './testing/restricted.js';
import { charts } from './charts.mjs';

const titles = scenarios.map(([chart, values]): [string, string] => [values.replace(/^charts\//, ''), chart]);
const of = (title: string, chart: string): Manifest[] => render(chart, { values: `charts/${title}` });

const labelsOf = (selector: unknown) => (selector as { matchLabels: object }).matchLabels;

describe('every chart', { timeout: 60_000 }, () => {
  beforeEach(needsHelm);

  it.each(charts)('%s passes helm lint --strict in each of its scenarios', { timeout: 60_000 }, (chart) => {
    for (const [, values] of scenarios.filter(([owner]) => owner === chart)) {
      const { status, stdout, stderr } = runHelm(['lint', '--strict', chart, '--values', values]);
      expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, '']);
    }
  });
});

describe('in the scenario', { timeout: 60_000 }, () => {
  beforeEach(needsHelm);

  it.each(titles)('%s every pod is as the restricted standard wants it', (title, chart) => {
    const pods = podsOf(of(title, chart));
    expect(pods.length).toBeGreaterThan(0);
    for (const [owner, pod] of pods)
      expect([owner.metadata.name, restrictedViolationsOf(pod)]).toEqual([owner.metadata.name, []]);
  });

  it.each(titles)('%s only what asks a cluster has a token of it', (title, chart) => {
    for (const [owner, pod] of podsOf(of(title, chart))) {
      const asks = owner.metadata.labels?.['app.kubernetes.io/name'] === 'kubernetes-connector';
      if (!asks || title.includes('interface')) expect(pod.spec.automountServiceAccountToken).toBe(false);
      else expect(pod.spec.automountServiceAccountToken).toBe(true);
    }
  });

  it.each(titles)('%s what runs is probed and bounded', (title, chart) => {
    for (const [owner, pod] of podsOf(of(title, chart))) {
      for (const container of containersOf(pod)) {
        expect(container.resources?.requests).toMatchObject({
          cpu: expect.any(String),
          memory: expect.any(String),
        });
        expect(container.resources?.limits?.['memory']).toEqual(expect.any(String));
        if (owner.kind === 'Job') continue;
        for (const probe of [container.livenessProbe, container.readinessProbe]) {
          const port = probe?.httpGet?.port;
          if (port === undefined) expect(probe?.exec?.command.length).toBeGreaterThan(0);
          else expect(container.ports?.map(({ name }) => name)).toContain(port);
        }
      }
    }
  });

  it.each(titles)('%s every image has a version or a digest', (title, chart) => {
    for (const [, pod] of podsOf(of(title, chart))) {
      for (const { image } of containersOf(pod)) {
        expect(image).toMatch(/^[a-z0-9./-]+(:(?!latest$)[\w.-]+|@sha256:[0-9a-f]{64})$/);
      }
    }
  });

  it.each(titles)('%s selectors find their own pods and nobody else’s', (title, chart) => {
    const manifests = of(title, chart);
    const pods = podsOf(manifests);
    for (const [owner, pod] of pods) {
      if (owner.kind === 'Job') continue;
      const selector = labelsOf(owner.spec?.['selector']);
      const found = pods.filter(([, other]) => selects(selector, other.metadata.labels));
      expect(found.map(([one]) => one.metadata.name)).toEqual([owner.metadata.name]);
      expect(pod.metadata.labels).toMatchObject(selector);
    }
    for (const service of manifests.filter(({ kind }) => kind === 'Service')) {
      const found = pods.filter(([, pod]) => selects(service.spec?.['selector'], pod.metadata.labels));
      expect(found.map(([one]) => one.metadata.name)).toEqual([service.metadata.name]);
    }
  });

  it.each(titles)('%s each object says whose it is', (title, chart) => {
    for (const { metadata, kind } of of(title, chart)) {
      expect({ kind, ...metadata.labels }).toMatchObject({
        'app.kubernetes.io/name': expect.stringMatching(/^(painchain|\w+-connector)$/),
        'app.kubernetes.io/instance': 'painchain',
        'app.kubernetes.io/part-of': 'painchain',
        'app.kubernetes.io/managed-by': 'Helm',
        'app.kubernetes.io/version': '2.0.0',
      });
    }
  });

  it.each(titles)('%s rights hold no star, change nothing, and are nobody else’s', (title, chart) => {
    const manifests = of(title, chart);
    for (const { apiGroups, resources, verbs } of manifests.flatMap(({ rules = [] }) => rules)) {
      expect([...apiGroups, ...resources, ...verbs]).not.toContain('*');
      expect(['get', 'list', 'watch']).toEqual(expect.arrayContaining(verbs));
      if (title !== 'connectors/kubernetes/ci/file-values.yaml') expect(resources).not.toContain('secrets');
    }
    const accounts = manifests.flatMap(({ kind, metadata }) =>
      kind === 'ServiceAccount' ? [metadata.name] : [],
    );
    for (const { name } of manifests.flatMap(({ subjects = [] }) => subjects)) {
      expect(accounts).toContain(name);
      expect(name).toMatch(/kubernetes-connector$/);
    }
  });

  it.each(titles)('%s nothing comes in or goes out that no policy names', (title, chart) => {
    if (/bare|secrets/.test(title)) return expectNoPolicy(of(title, chart));
    const manifests = of(title, chart);
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
    for (const [owner, pod] of podsOf(manifests)) {
      const closed = policies.filter(({ spec }) => {
        return selects(labelsOf(spec?.['podSelector']), pod.metadata.labels);
      });
      const types = closed.map(({ spec }) => spec?.['policyTypes']);
      expect([owner.metadata.name, types]).toEqual([owner.metadata.name, [['Ingress', 'Egress']]]);
    }
  });
});

function expectNoPolicy(manifests: Manifest[]): void {
  expect(manifests.filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([]);
}

describe('names', { timeout: 60_000 }, () => {
  beforeEach(needsHelm);

  const long = 'a-release-whose-name-is-as-long-as-helm-lets-it-be-53';
  const everything = 'charts/painchain/ci/connectors-values.yaml';
  const idOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.namespace ?? ''} ${metadata.name}`;

  it('and labels fit, however long the release’s is', () => {
    expect(long).toHaveLength(53);
    const connector = 'charts/connectors/kubernetes';
    const named: [string, string][] = [
      ['charts/painchain', everything],
      ['charts/painchain', 'charts/painchain/ci/production-values.yaml'],
      [connector, `${connector}/ci/namespaces-values.yaml`],
    ];
    for (const [chart, values] of named) {
      for (const { kind, metadata, spec } of render(chart, { values, release: long })) {
        const bound = kind === 'StatefulSet' ? 52 : 63;
        expect(metadata.name.slice(bound)).toBe('');
        expect(metadata.name).toMatch(/^[a-z0-9]([-a-z0-9:.]*[a-z0-9])?$/);
        const template = spec?.['template'] as Pod | undefined;
        const labels = { ...metadata.labels, ...template?.metadata.labels };
        for (const value of Object.values(labels)) expect(value).toMatch(/^[\w.-]{0,63}$/);
      }
    }
  });

  it.each([
    ['one', 'two'],
    [long, `${long.slice(0, -1)}4`],
    ['painchain', 'painchain-github-connector'],
    ['a.b', 'a-b'],
  ])('of the releases %s and %s in one namespace are apart', (one, other) => {
    const of = (release: string) => render('charts/painchain', { values: everything, release }).map(idOf);
    const ofOne = new Set(of(one));
    const alone = render('charts/connectors/github', { release: other }).map(idOf);
    expect(ofOne.size).toBeGreaterThan(20);
    expect([...of(other), ...alone].filter((name) => ofOne.has(name))).toEqual([]);
  });

  it('of what belongs to no namespace are apart for each namespace', () => {
    const chart = 'charts/connectors/kubernetes';
    const [one, other] = ['a', 'a-b'].map((namespace, index) =>
      render(chart, { namespace, release: index === 0 ? 'b-x' : 'x' })
        .filter(({ kind }) => kind.startsWith('Cluster'))
        .map(idOf),
    );
    expect(one).toHaveLength(2);
    expect(other?.filter((name) => one?.includes(name))).toEqual([]);
  });

  it('are the plan’s for releases that are called as it calls them', () => {
    const names = render('charts/painchain').map(({ metadata }) => metadata.name);
    expect(names).toEqual(expect.arrayContaining(['painchain-backend', 'painchain-db']));
    const connector = render('charts/connectors/github', {
      release: 'github-connector',
      values: 'charts/connectors/github/ci/file-values.yaml',
    });
    expect(find(connector, 'ConfigMap').metadata.name).toBe('github-connector-config');
    expect(find(connector, 'Deployment').metadata.name).toBe('github-connector');
  });
});
