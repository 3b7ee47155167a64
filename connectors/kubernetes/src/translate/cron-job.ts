import type { Translation } from '@painchain/connector-sdk';
import type { ClusterFacts, Sighting, Step } from './facts.js';
import { isObject } from './json-object.js';
import { type SettingsKind, settingsTranslation } from './settings.js';

const cronJob: SettingsKind = {
  kind: 'CronJob',
  types: { created: 'workload_created', changed: 'cronjob_changed', deleted: 'workload_deleted' },
  verb: 'changed',
  templateOf: ({ jobTemplate }) =>
    isObject(jobTemplate) && isObject(jobTemplate['spec']) ? jobTemplate['spec']['template'] : undefined,
};

/** A step of a CronJob: its schedule, whether it is suspended, what it runs. */
export function translateCronJob(step: Step, cluster: ClusterFacts, sighting: Sighting): Translation {
  return settingsTranslation(cronJob, step, cluster, sighting);
}

const autoscaler: SettingsKind = {
  kind: 'HorizontalPodAutoscaler',
  types: { created: 'object_created', changed: 'object_edited', deleted: 'object_deleted' },
  verb: 'edited',
};

/** A step of a horizontal autoscaler: its bounds and targets. What it scales is told of the workload. */
export function translateAutoscaler(step: Step, cluster: ClusterFacts, sighting: Sighting): Translation {
  return settingsTranslation(autoscaler, step, cluster, sighting);
}
