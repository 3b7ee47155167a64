import type { Resource } from '../cluster/cluster.js';
import { translateAutoscaler, translateCronJob } from '../translate/cron-job.js';
import { keepJob, translateJob } from '../translate/job.js';
import { keepWorkload } from '../translate/kept-workload.js';
import { type NoiseRule, noiseRules } from '../translate/noise-rules.js';
import { keepSettings } from '../translate/settings.js';
import { translateWorkload } from '../translate/workload.js';
import { autoscalingFold } from './autoscaling-fold.js';
import type { Kind } from './kind.js';
import type { KindOptions } from './options.js';
import { redaction } from './redaction.js';

function served(plural: string, ...groupVersions: string[]): Resource[] {
  return groupVersions.map((groupVersion) => ({ groupVersion, plural, namespaced: true }));
}

/** Each with the names that clusters serve it by. ReplicaSets are none: what they roll out is told of their owner. */
const rolling: readonly (readonly [string, readonly Resource[]])[] = [
  ['Deployment', served('deployments', 'apps/v1')],
  ['StatefulSet', served('statefulsets', 'apps/v1')],
  ['DaemonSet', served('daemonsets', 'apps/v1')],
  ['Rollout', served('rollouts', 'argoproj.io/v1alpha1')],
];

/** What runs pods, and what decides how many. */
export function workloadKinds(options: KindOptions): Kind[] {
  const redacted = redaction(options);
  return [
    ...rolling.map(([name, resources]) => rollingKind(name, resources, options)),
    jobKind(options),
    {
      name: 'CronJob',
      resources: served('cronjobs', 'batch/v1', 'batch/v1beta1'),
      usual: true,
      keep: (object) => keepSettings(redacted(object), options.noise),
      translate: translateCronJob,
    },
    {
      name: 'HorizontalPodAutoscaler',
      resources: served(
        'horizontalpodautoscalers',
        'autoscaling/v2',
        'autoscaling/v2beta2',
        'autoscaling/v1',
      ),
      usual: true,
      keep: (object) => keepSettings(redacted(object), options.noise),
      translate: translateAutoscaler,
    },
  ];
}

function rollingKind(name: string, resources: readonly Resource[], options: KindOptions): Kind {
  const redacted = redaction(options);
  return {
    name,
    resources,
    usual: true,
    keep: (object, before) => keepWorkload(name, redacted(object), options.noise, before),
    translate: (step, cluster, sighting) => translateWorkload(name, step, cluster, sighting),
    ...(options.autoscalingMinutes > 0 && { fold: autoscalingFold(options.autoscalingMinutes) }),
  };
}

function jobKind(options: KindOptions): Kind {
  const redacted = redaction(options);
  const quiet = (Object.keys(noiseRules) as NoiseRule[]).filter((rule) => options.noise(rule));
  return {
    name: 'Job',
    resources: served('jobs', 'batch/v1'),
    usual: true,
    keep: (object) => keepJob(redacted(object), options.noise),
    translate: (step, cluster, sighting) => translateJob(step, quiet, cluster, sighting),
  };
}
