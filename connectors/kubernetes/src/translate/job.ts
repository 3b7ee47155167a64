import type { JsonObject, JsonValue, SourceEvent, Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { ClusterFacts, Kept, Sighting, Step } from './facts.js';
import { Metadata, controllerOf, keepMetadata, namedData, placeOf } from './metadata.js';
import type { Noise, NoiseRule } from './noise-rules.js';
import { readTemplate } from './pod-template.js';
import { type SettingsKind, settingsTranslation } from './settings.js';
import { statusTime, whenChanged, windowData } from './who.js';
import { ignored, unsupported } from './wording.js';
import { allImages, causeData, imageData, templateRefs } from './workload-data.js';

const Outcome = z.object({
  state: z.enum(['failed', 'succeeded']),
  reason: z.string().optional(),
  message: z.string().optional(),
  at: z.string().optional(),
  failed: z.int().optional(),
  succeeded: z.int().optional(),
});
type Outcome = z.output<typeof Outcome>;

const Spec = z
  .record(
    z.string(),
    z.custom<JsonValue>((value) => value !== undefined),
  )
  .catch({});
const KeptJob = z.object({ metadata: Metadata, spec: Spec, outcome: Outcome.optional() });
type KeptJob = z.output<typeof KeptJob>;

const Status = z.object({
  failed: z.int().optional().catch(undefined),
  succeeded: z.int().optional().catch(undefined),
  conditions: z
    .array(
      z.object({
        type: z.string(),
        status: z.string(),
        reason: z.string().optional().catch(undefined),
        message: z.string().optional().catch(undefined),
        lastTransitionTime: z.string().optional().catch(undefined),
      }),
    )
    .catch([]),
});

/** What a Job has ended with, by its conditions; undefined while it runs. */
function outcomeOf(status: unknown): JsonObject | undefined {
  const read = Status.safeParse(status ?? {}).data;
  const ended = read?.conditions.find(
    ({ type, status: holds }) => (type === 'Failed' || type === 'Complete') && holds === 'True',
  );
  if (!read || !ended) return undefined;
  const { reason, message, lastTransitionTime: at } = ended;
  return {
    state: ended.type === 'Failed' ? 'failed' : 'succeeded',
    ...(reason && { reason }),
    ...(message && { message: message.slice(0, 1_000) }),
    ...(at && { at }),
    ...(read.failed !== undefined && { failed: read.failed }),
    ...(read.succeeded !== undefined && { succeeded: read.succeeded }),
  };
}

/** What is kept of a Job. There are many of them, so of their templates no more than they run is. */
export function keepJob(object: JsonObject, noise: Noise): Kept | undefined {
  const metadata = keepMetadata(object['metadata'], noise);
  if (!metadata) return undefined;
  const { template, selector: _, ...settings } = Spec.parse(object['spec']);
  const { spec } = readTemplate(template);
  const run = (containers: typeof spec.containers) => containers.map(({ name, image }) => ({ name, image }));
  const inits = run(spec.initContainers);
  const outcome = outcomeOf(object['status']);
  return {
    metadata,
    spec: {
      ...settings,
      template: {
        spec: { containers: run(spec.containers), ...(inits.length > 0 && { initContainers: inits }) },
      },
    },
    ...(outcome && { outcome }),
  };
}

const settings: SettingsKind = {
  kind: 'Job',
  types: { created: 'workload_created', changed: 'object_edited', deleted: 'workload_deleted' },
  verb: 'edited',
  templateOf: ({ template }) => template,
};

/** By which rule the life of a Job is noise, if it doesn't fail. */
function ruleOf({ metadata, outcome }: KeptJob, isGone: boolean): NoiseRule | undefined {
  const owner = controllerOf(metadata);
  if (owner) return owner.kind === 'CronJob' ? 'cronjob_jobs' : 'owned_objects';
  return isGone && outcome ? 'finished_jobs' : undefined;
}

/** A step of a Job. Those that something else has made are silent while the rules in `quiet` hold, unless they fail. */
export function translateJob(
  step: Step,
  quiet: readonly NoiseRule[],
  cluster: ClusterFacts,
  sighting: Sighting,
): Translation {
  const [before, after] = [step.before, step.after].map((kept) =>
    kept === null ? null : KeptJob.safeParse(kept).data,
  );
  if (before === undefined || after === undefined) return unsupported('Job');
  const shown = after ?? before;
  const rule = shown ? ruleOf(shown, after === null) : undefined;
  const isQuiet = rule !== undefined && quiet.includes(rule);
  const ended = after?.outcome && after.outcome.state !== before?.outcome?.state ? after.outcome : undefined;
  const change = isQuiet ? ignored(rule) : settingsTranslation(settings, step, cluster, sighting);
  if (!after || !ended || (isQuiet && ended.state !== 'failed')) return change;
  const events = change.kind === 'events' ? change.events : [];
  return { kind: 'events', events: [...events, endedEvent(after, ended, step, cluster, sighting)] };
}

function endedEvent(
  { metadata, spec }: KeptJob,
  { state, reason, message, at, failed, succeeded }: Outcome,
  { managers }: Step,
  cluster: ClusterFacts,
  sighting: Sighting,
): SourceEvent {
  const owner = controllerOf(metadata);
  const isFailure = state === 'failed';
  const template = readTemplate(spec['template']);
  const when = whenChanged(at ?? statusTime(managers), sighting);
  const place = placeOf({ kind: 'Job', ...metadata }, cluster);
  const ofOwner = owner && placeOf({ ...metadata, ...owner }, cluster).subject;
  return {
    key_parts: [cluster.uid, metadata.uid, `job_${state}`],
    title: `Job ${metadata.name} ${isFailure ? `failed${reason ? `: ${reason}` : ''}` : 'succeeded'}`,
    type: isFailure ? 'job_failed' : 'job_succeeded',
    ...place,
    // Failures of one CronJob belong together.
    subject: ofOwner ?? place.subject,
    refs: templateRefs(metadata, template, cluster.environment),
    ...when,
    status: isFailure ? 'failure' : 'success',
    ...(isFailure && { severity: 'error' }),
    data: {
      ...namedData({ kind: 'Job', ...metadata }, cluster),
      ...(owner && { owner: { kind: owner.kind, name: owner.name } }),
      ...(isFailure && reason && { reason }),
      ...(isFailure && message && { message }),
      ...imageData(allImages(template, 'new')),
      pods: { failed: failed ?? 0, succeeded: succeeded ?? 0 },
      ...causeData(metadata, metadata),
      ...windowData(when, sighting),
    },
  };
}
