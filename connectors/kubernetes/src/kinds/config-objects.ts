import type { Resource } from '../cluster/cluster.js';
import type { ConfigKind } from '../translate/config-content.js';
import { translateConfigObject } from '../translate/config-object.js';
import { keepConfig } from '../translate/kept-config.js';
import type { Kind } from './kind.js';
import type { KindOptions } from './options.js';
import { redaction } from './redaction.js';

function namespaced(plural: string, ...groupVersions: string[]): Resource[] {
  return groupVersions.map((groupVersion) => ({ groupVersion, plural, namespaced: true }));
}

function clusterWide(plural: string, ...groupVersions: string[]): Resource[] {
  return groupVersions.map((groupVersion) => ({ groupVersion, plural, namespaced: false }));
}

const rbac = 'rbac.authorization.k8s.io/v1';
const admission = 'admissionregistration.k8s.io/v1';
const gateway = ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1beta1'];

/** Each with the names that clusters serve it by. */
const served: Record<Exclude<ConfigKind, 'Secret'>, Resource[]> = {
  ConfigMap: namespaced('configmaps', 'v1'),
  Service: namespaced('services', 'v1'),
  Ingress: namespaced('ingresses', 'networking.k8s.io/v1', 'networking.k8s.io/v1beta1'),
  Gateway: namespaced('gateways', ...gateway),
  HTTPRoute: namespaced('httproutes', ...gateway),
  NetworkPolicy: namespaced('networkpolicies', 'networking.k8s.io/v1'),
  PodDisruptionBudget: namespaced('poddisruptionbudgets', 'policy/v1', 'policy/v1beta1'),
  ResourceQuota: namespaced('resourcequotas', 'v1'),
  LimitRange: namespaced('limitranges', 'v1'),
  Namespace: clusterWide('namespaces', 'v1'),
  ServiceAccount: namespaced('serviceaccounts', 'v1'),
  Role: namespaced('roles', rbac),
  ClusterRole: clusterWide('clusterroles', rbac),
  RoleBinding: namespaced('rolebindings', rbac),
  ClusterRoleBinding: clusterWide('clusterrolebindings', rbac),
  CustomResourceDefinition: clusterWide(
    'customresourcedefinitions',
    'apiextensions.k8s.io/v1',
    'apiextensions.k8s.io/v1beta1',
  ),
  MutatingWebhookConfiguration: clusterWide('mutatingwebhookconfigurations', admission),
  ValidatingWebhookConfiguration: clusterWide('validatingwebhookconfigurations', admission),
  PersistentVolume: clusterWide('persistentvolumes', 'v1'),
  PersistentVolumeClaim: namespaced('persistentvolumeclaims', 'v1'),
  StorageClass: clusterWide('storageclasses', 'storage.k8s.io/v1'),
  PriorityClass: clusterWide('priorityclasses', 'scheduling.k8s.io/v1'),
};

/** What configures a cluster and what runs in it. Secrets are among them once the configuration asks for them. */
export function configObjectKinds(options: KindOptions): Kind[] {
  const hide = redaction(options);
  const kindOf = (name: ConfigKind, resources: readonly Resource[]): Kind => ({
    name,
    resources,
    usual: name !== 'Secret' || options.secrets === 'keys',
    keep: (object, before) => keepConfig(name, hide({ ...object, kind: name }), options.noise, before),
    translate: (step, cluster, sighting) => translateConfigObject(name, step, cluster, sighting),
  });
  const kinds = Object.entries(served) as [ConfigKind, Resource[]][];
  return [
    ...kinds.map(([name, resources]) => kindOf(name, resources)),
    {
      ...kindOf('Secret', namespaced('secrets', 'v1')),
      // Releases of Helm are Secrets, too, but of another kind of news.
      fieldSelector: 'type!=helm.sh/release.v1',
    },
  ];
}
