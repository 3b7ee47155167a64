import type { Resource } from '../../cluster/cluster.js';

/** A kind as a server serves it. */
export interface ServedKind extends Resource {
  kind: string;
  /** Whether its objects count their spec's changes. */
  generation: boolean;
  /** Of a CRD: its objects say in a list, too, of which kind they are. */
  custom: boolean;
}

type Row = [kind: string, plural: string, traits?: string];

/** `c`: of the whole cluster; `g`: with a generation. */
const builtIn: Record<string, Row[]> = {
  v1: [
    ['Namespace', 'namespaces', 'c'],
    ['Node', 'nodes', 'c'],
    ['PersistentVolume', 'persistentvolumes', 'c'],
    ['PersistentVolumeClaim', 'persistentvolumeclaims'],
    ['Pod', 'pods'],
    ['Service', 'services'],
    ['Endpoints', 'endpoints'],
    ['ConfigMap', 'configmaps'],
    ['Secret', 'secrets'],
    ['ServiceAccount', 'serviceaccounts'],
    ['Event', 'events'],
    ['ResourceQuota', 'resourcequotas'],
    ['LimitRange', 'limitranges'],
    ['ReplicationController', 'replicationcontrollers', 'g'],
  ],
  'apps/v1': [
    ['Deployment', 'deployments', 'g'],
    ['StatefulSet', 'statefulsets', 'g'],
    ['DaemonSet', 'daemonsets', 'g'],
    ['ReplicaSet', 'replicasets', 'g'],
  ],
  'batch/v1': [
    ['Job', 'jobs', 'g'],
    ['CronJob', 'cronjobs', 'g'],
  ],
  'autoscaling/v2': [['HorizontalPodAutoscaler', 'horizontalpodautoscalers']],
  'policy/v1': [['PodDisruptionBudget', 'poddisruptionbudgets', 'g']],
  'networking.k8s.io/v1': [
    ['Ingress', 'ingresses', 'g'],
    ['IngressClass', 'ingressclasses', 'cg'],
    ['NetworkPolicy', 'networkpolicies', 'g'],
  ],
  'rbac.authorization.k8s.io/v1': [
    ['Role', 'roles'],
    ['RoleBinding', 'rolebindings'],
    ['ClusterRole', 'clusterroles', 'c'],
    ['ClusterRoleBinding', 'clusterrolebindings', 'c'],
  ],
  'storage.k8s.io/v1': [['StorageClass', 'storageclasses', 'c']],
  'scheduling.k8s.io/v1': [['PriorityClass', 'priorityclasses', 'cg']],
  'coordination.k8s.io/v1': [['Lease', 'leases']],
  'apiextensions.k8s.io/v1': [['CustomResourceDefinition', 'customresourcedefinitions', 'cg']],
  'admissionregistration.k8s.io/v1': [
    ['ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', 'cg'],
    ['MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', 'cg'],
  ],
};

/** As CRDs define them; each counts generations. */
const defined: Record<string, Row[]> = {
  'gateway.networking.k8s.io/v1': [
    ['Gateway', 'gateways'],
    ['HTTPRoute', 'httproutes'],
  ],
  'argoproj.io/v1alpha1': [
    ['Application', 'applications'],
    ['Rollout', 'rollouts'],
  ],
  'kustomize.toolkit.fluxcd.io/v1': [['Kustomization', 'kustomizations']],
  'helm.toolkit.fluxcd.io/v2': [['HelmRelease', 'helmreleases']],
  'source.toolkit.fluxcd.io/v1': [['GitRepository', 'gitrepositories']],
};

function rows(of: Record<string, Row[]>, custom: boolean): ServedKind[] {
  return Object.entries(of).flatMap(([groupVersion, kinds]) =>
    kinds.map(([kind, plural, traits = '']) => ({
      groupVersion,
      kind,
      plural,
      namespaced: !traits.includes('c'),
      generation: custom || traits.includes('g'),
      custom,
    })),
  );
}

export const builtInKinds: readonly ServedKind[] = rows(builtIn, false);
export const definedKinds: readonly ServedKind[] = rows(defined, true);

/** `apps` of `apps/v1`; the core's is empty. */
export function groupOf(groupVersion: string): string {
  return groupVersion.includes('/') ? (groupVersion.split('/')[0] ?? '') : '';
}
