/**
 * What is no change for a human, by the names that stand under `noise:` of the configuration and in the counter of what
 * was ignored. A rule that is switched off there lets its changes through.
 */
export const noiseRules = {
  status_only: 'Only the status has changed, and it tells of no outcome.',
  bookkeeping: 'The API server’s and kubectl’s own notes: managedFields, the last applied configuration.',
  revision: 'The revision that the deployment controller numbers rollouts with.',
  leader_election: 'Who leads a group of replicas: an annotation that is renewed every few seconds.',
  heartbeats: 'A condition or an annotation that says no more than that somebody is alive.',
  rollout_progress: 'A rollout on its way: it is told when it starts, succeeds or fails.',
  cronjob_jobs: 'Jobs that a CronJob has made, unless they fail.',
  finished_jobs: 'Jobs that are cleared away once they have ended.',
  owned_objects:
    'Objects that another one has made and that are told with it, such as a Deployment’s ReplicaSets.',
  root_ca: 'The certificate of the cluster in every namespace: kube-root-ca.crt.',
  autoscaler_decisions: 'What an autoscaler has counted; its scaling is told by the workload.',
  defaults: 'Fields that the API server fills in by itself, such as addresses it gives out.',
  generated_configs:
    'ConfigMaps that controllers keep for themselves: certificates of a mesh, the state of an autoscaler.',
  controller_notes:
    'What controllers note in annotations of what they have made, such as the parts of a load balancer.',
  ca_bundles: 'Certificates of authorities that are put into webhooks and CRDs, and renewed there.',
  volume_binding: 'Which volume a claim is bound to, and by whom: it follows from the claim.',
  service_account_tokens: 'Tokens and pull secrets that a cluster makes for each service account.',
  aggregated_roles: 'The rules of a ClusterRole that are gathered from others, which tell them.',
  release_labels: 'The version of a chart or an application in the labels of all that is released with it.',
  pod_turnover: 'Pods that come and go with their workload.',
  normal_events: 'Events that warn of nothing.',
  told_elsewhere:
    'Warnings of what pods, workloads, nodes, Argo CD and Flux tell by themselves, such as BackOff.',
  probe_failures: 'A probe that has failed fewer than ten times, as many do while a pod starts.',
  retries:
    'Warnings, seen fewer than ten times, of what mostly works when it is tried again: a write that met another, metrics and volumes of pods that have just started.',
  expired_events: 'Warnings that the API server forgets, an hour after it has seen them last.',
  unseen: 'Changed and changed back while nobody looked.',
} as const;

export type NoiseRule = keyof typeof noiseRules;

/** Annotations that are noise, by the rule that says so. The last applied configuration may hold secrets, too. */
const annotationRules: readonly (readonly [RegExp, NoiseRule])[] = [
  [/^kubectl\.kubernetes\.io\/last-applied-configuration$/, 'bookkeeping'],
  [/^objectset\.rio\.cattle\.io\/applied$/, 'bookkeeping'],
  [/^banzaicloud\.com\/last-applied$/, 'bookkeeping'],
  [/^deployment\.kubernetes\.io\/(?:revision|desired-replicas|max-replicas|revision-history)$/, 'revision'],
  [/^deprecated\.daemonset\.template\.generation$/, 'revision'],
  [/^rollout\.argoproj\.io\/(?:revision|desired-replicas|revision-history|workload-generation)$/, 'revision'],
  [/^control-plane\.alpha\.kubernetes\.io\/leader$/, 'leader_election'],
  [/^(?:[a-z0-9.-]+\/)?(?:heartbeat|last-heartbeat|renew-?time|last-seen)$/i, 'heartbeats'],
  [/^(?:pv|volume)(?:\.beta)?\.kubernetes\.io\/(?:bind-completed|bound-by-controller)$/, 'volume_binding'],
  [
    /^volume(?:\.beta)?\.kubernetes\.io\/(?:storage-provisioner|selected-node|storage-resizer)$/,
    'volume_binding',
  ],
  [/^pv\.kubernetes\.io\/(?:provisioned-by|migrated-to)$/, 'volume_binding'],
  [/^volume\.kubernetes\.io\/provisioner-deletion-secret-name(?:space)?$/, 'volume_binding'],
  [/^openshift\.io\/internal-registry-pull-secret-ref$/, 'service_account_tokens'],
  [
    /^ingress\.kubernetes\.io\/(?:backends|[a-z-]*(?:forwarding-rule|target-proxy|url-map|ssl-cert)|static-ip)$/,
    'controller_notes',
  ],
  [
    /^(?:cloud\.google\.com\/neg-status|networking\.gke\.io\/.*-status|field\.cattle\.io\/publicEndpoints)$/,
    'controller_notes',
  ],
  [/^autoscaling\.alpha\.kubernetes\.io\/(?:conditions|current-metrics)$/, 'autoscaler_decisions'],
];

/** Labels that say which release an object is of. */
export const releaseLabels: ReadonlySet<string> = new Set([
  'helm.sh/chart',
  'chart',
  'app.kubernetes.io/version',
]);

/** The rule by which an annotation is noise, if it is. */
export function noiseOfAnnotation(name: string): NoiseRule | undefined {
  return annotationRules.find(([pattern]) => pattern.test(name))?.[1];
}

/** Whether a rule holds, as the configuration says. */
export type Noise = (rule: NoiseRule) => boolean;

/** The annotations that are left where the rules hold that do. */
export function quietAnnotations(
  annotations: Readonly<Record<string, string>>,
  noise: Noise,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).filter(([name]) => {
      const rule = noiseOfAnnotation(name);
      return rule === undefined || !noise(rule);
    }),
  );
}
