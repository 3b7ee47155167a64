// What the charts make, by its API: as many of a cluster's resources as helm needs to find.
export const served: Record<string, Record<string, string>> = {
  v1: {
    secrets: 'Secret',
    configmaps: 'ConfigMap',
    services: 'Service',
    serviceaccounts: 'ServiceAccount',
    persistentvolumeclaims: 'PersistentVolumeClaim',
    namespaces: 'Namespace',
  },
  'apps/v1': { deployments: 'Deployment', statefulsets: 'StatefulSet' },
  'batch/v1': { jobs: 'Job' },
  'networking.k8s.io/v1': { networkpolicies: 'NetworkPolicy', ingresses: 'Ingress' },
  'policy/v1': { poddisruptionbudgets: 'PodDisruptionBudget' },
  'autoscaling/v2': { horizontalpodautoscalers: 'HorizontalPodAutoscaler' },
  'rbac.authorization.k8s.io/v1': {
    roles: 'Role',
    rolebindings: 'RoleBinding',
    clusterroles: 'ClusterRole',
    clusterrolebindings: 'ClusterRoleBinding',
  },
};

const rootOf = (version: string) => (version === 'v1' ? 'api/v1' : `apis/${version}`);

/** What an API server says of itself at this path, if it says anything there. */
export function discovery(path: string): object | undefined {
  if (path === '/version') return { major: '1', minor: '35', gitVersion: 'v1.35.0' };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') {
    const groups = Object.keys(served).filter((one) => one !== 'v1');
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) };
  }
  if (path === '/openapi/v3') {
    const roots = Object.keys(served).map(rootOf);
    return {
      paths: Object.fromEntries(roots.map((one) => [one, { serverRelativeURL: `/openapi/v3/${one}` }])),
    };
  }
  const version = Object.keys(served).find((one) => path.endsWith(`/${rootOf(one)}`));
  if (version === undefined) return undefined;
  return path.startsWith('/openapi/') ? openApiOf(version) : resourcesOf(version);
}

function groupOf(groupVersion: string): object {
  const [name, version] = groupVersion.split('/');
  return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
}

function resourcesOf(version: string): object {
  const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
  const resources = Object.entries(served[version] ?? {}).map(([name, kind]) => {
    return { name, kind, namespaced: !kind.startsWith('Cluster') && kind !== 'Namespace', verbs };
  });
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: version, resources };
}

/** That fields are validated by the server: before it sends a hook, helm wants to know that. */
function openApiOf(groupVersion: string): object {
  const [version, group = ''] = groupVersion.split('/').reverse();
  const parameters = [{ name: 'fieldValidation', in: 'query', schema: { type: 'string' } }];
  const paths = Object.entries(served[groupVersion] ?? {}).map(([name, kind]) => {
    const patch = { parameters, responses: {}, 'x-kubernetes-group-version-kind': { group, version, kind } };
    return [`/${rootOf(groupVersion)}/namespaces/{namespace}/${name}/{name}`, { patch }];
  });
  const info = { title: 'Kubernetes', version: 'v1.35.0' };
  return { openapi: '3.0.0', info, paths: Object.fromEntries(paths) as object };
}
