import { beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { read } from './charts.mjs';
import { type Manifest, type Rule, needsHelm, render } from './testing/render.js';

const chart = 'charts/connectors/kubernetes';

function ownRules(file: string, kind: string, namespace?: string): Rule[] {
  const documents = parseAllDocuments(read(`connectors/kubernetes/rbac/${file}`));
  return documents
    .map((document) => document.toJS() as Manifest)
    .filter((one) => one.kind === kind && one.metadata.namespace === namespace)
    .flatMap(({ rules = [] }) => rules);
}

/** The rules of a chart's roles, by where each role holds. */
function rulesOf(manifests: readonly Manifest[]): Record<string, Rule[]> {
  const roles = manifests.filter(({ rules }) => rules);
  return Object.fromEntries(roles.map(({ metadata, rules = [] }) => [metadata.namespace ?? '*', rules]));
}

describe('rights in a cluster', { timeout: 60_000 }, () => {
  beforeEach(needsHelm);

  it('are those that the connector’s own files give, and no others', () => {
    expect(rulesOf(render(chart))).toEqual({ '*': ownRules('cluster.yaml', 'ClusterRole') });
  });

  it('are within namespaces those of its own files, in each of them, and its identity', () => {
    const inOne = ownRules('namespaced.yaml', 'Role', 'shop');
    expect(rulesOf(render(chart, { values: `${chart}/ci/namespaces-values.yaml` }))).toEqual({
      shop: inOne,
      payments: inOne,
      'kube-system': ownRules('namespaced.yaml', 'Role', 'kube-system'),
    });
  });

  it('reach Secrets only where that was asked for', () => {
    const asked = render(chart, { values: `${chart}/ci/file-values.yaml` });
    const secrets = ownRules('secrets.yaml', 'ClusterRole');
    expect(rulesOf(asked)).toEqual({ '*': [...ownRules('cluster.yaml', 'ClusterRole'), ...secrets] });
  });
});
