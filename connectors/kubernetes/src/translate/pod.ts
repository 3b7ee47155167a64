import type { JsonObject, SourceEvent, Translation } from '@painchain/connector-sdk';
import type { ClusterFacts, Sighting, Step } from './facts.js';
import { imageRefs, parseImage, versionOf } from './images.js';
import { KeptPod, newTroubles } from './kept-pod.js';
import { type Named, namedData, placeOf } from './metadata.js';
import type { NoiseRule } from './noise-rules.js';
import type { Trouble } from './pod-trouble.js';
import { whenChanged, windowData } from './who.js';
import { environmentRef, firstLine, ignored, refsOf, unsupported, versionRef } from './wording.js';

/**
 * A step of a pod: each trouble that is new, as one of the workload that the pod is one of. That pods come and go is
 * silent while the rule in `quiet` holds.
 */
export function translatePod(
  step: Step,
  quiet: readonly NoiseRule[],
  cluster: ClusterFacts,
  sighting: Sighting,
): Translation {
  const [before, after] = [step.before, step.after].map((kept) =>
    kept === null ? null : KeptPod.safeParse(kept).data,
  );
  if (before === undefined || after === undefined) return unsupported('Pod');
  const turnover = quiet.includes('pod_turnover') ? [] : turnoverEvents(before, after, cluster, sighting);
  const troubles = after ? newTroubles(after.troubles, before?.troubles ?? []) : [];
  const told = after ? troubles.map((trouble) => troubleEvent(trouble, after, cluster, sighting)) : [];
  if (turnover.length + told.length > 0) return { kind: 'events', events: [...turnover, ...told] };
  return ignored(before && after ? 'status_only' : 'pod_turnover');
}

function turnoverEvents(
  before: KeptPod | null,
  after: KeptPod | null,
  cluster: ClusterFacts,
  sighting: Sighting,
): SourceEvent[] {
  const shown = after ?? before;
  if (!shown || (before && after)) return [];
  const { metadata } = shown;
  const pod: Named = { kind: 'Pod', ...metadata };
  const when = whenChanged(after?.metadata.creationTimestamp, sighting);
  const what = after ? 'created' : 'deleted';
  return [
    {
      key_parts: [cluster.uid, metadata.uid, what],
      title: `Pod ${metadata.name} ${what}`,
      type: `object_${what}`,
      ...placeOf(pod, cluster),
      refs: refsOf(environmentRef(cluster.environment)),
      ...when,
      data: {
        ...namedData(pod, cluster),
        owner: { kind: shown.owner.kind, name: shown.owner.name },
        ...windowData(when, sighting),
      },
    },
  ];
}

function troubleEvent(
  trouble: Trouble,
  pod: KeptPod,
  cluster: ClusterFacts,
  sighting: Sighting,
): SourceEvent {
  const { metadata, owner } = pod;
  const workload: Named = { ...owner, namespace: metadata.namespace };
  const when = whenChanged(trouble.at, sighting);
  return {
    key_parts: [cluster.uid, metadata.uid, ...trouble.id],
    title: `${owner.name} ${troubleWords(trouble)}`,
    type: trouble.type,
    ...placeOf(workload, cluster),
    refs: troubleRefs(trouble, pod, cluster.environment),
    ...when,
    ...(trouble.type === 'pod_unschedulable'
      ? { status: 'pending', severity: 'warning' }
      : { status: 'failure', severity: 'error' }),
    data: {
      ...namedData(workload, cluster),
      pod: metadata.name,
      ...troubleData(trouble, pod),
      ...windowData(when, sighting),
    },
  };
}

function troubleWords({ type, reason, message, container, image, exitCode, id }: Trouble): string {
  const why = firstLine(message ?? '', reason).slice(0, 160);
  const code = exitCode === undefined ? '' : `: exit code ${exitCode}`;
  switch (type) {
    case 'pod_oom_killed':
      return 'OOMKilled';
    case 'pod_crash_looping':
      return `crash looping${code}`;
    case 'image_pull_failing':
      return `can't pull ${image || 'its image'}: ${reason}`;
    case 'pod_evicted':
      return `evicted: ${why}`;
    case 'pod_unschedulable':
      return `can't be scheduled: ${why}`;
    case 'pod_failed':
      if (id[1] === 'start') return `can't start ${container ?? ''}: ${reason}`;
      return container === undefined ? `failed: ${why}` : `failed${code}`;
  }
}

function troubleRefs({ image }: Trouble, { owner, app }: KeptPod, environment: string | undefined): string[] {
  const isTagged = image !== undefined && parseImage(image).tag !== undefined;
  return refsOf(
    ...(image ? imageRefs([image]) : []),
    isTagged ? versionRef(app ?? owner.name, versionOf(parseImage(image))) : undefined,
    environmentRef(environment),
  );
}

function troubleData(trouble: Trouble, { metadata, node, containers }: KeptPod): JsonObject {
  const { reason, message, container, image, exitCode, restarts } = trouble;
  return {
    ...(node !== undefined && { node }),
    reason,
    ...(message !== undefined && { message }),
    ...(container !== undefined && { container }),
    ...(image !== undefined && image !== '' && { image }),
    ...(exitCode !== undefined && { exit_code: exitCode }),
    ...(restarts !== undefined && { restarts }),
    containers,
    kubectl: kubectlCommand(trouble, metadata),
  };
}

/** The command that shows more: a container’s last words, or what the pod waits for. */
function kubectlCommand({ exitCode, container }: Trouble, { name, namespace }: KeptPod['metadata']): string {
  const within = namespace === undefined ? '' : ` --namespace ${namespace}`;
  return exitCode === undefined || container === undefined
    ? `kubectl describe pod ${name}${within}`
    : `kubectl logs ${name}${within} --container ${container} --previous`;
}
