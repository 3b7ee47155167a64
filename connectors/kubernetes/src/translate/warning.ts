import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import type { ClusterFacts, Sighting, Step } from './facts.js';
import { KeptWarning } from './kept-warning.js';
import { type Named, namedData, placeOf } from './metadata.js';
import type { NoiseRule } from './noise-rules.js';
import { ownerByName } from './pod-owner.js';
import { whenChanged, windowData } from './who.js';
import { environmentRef, firstLine, ignored, refsOf, unsupported } from './wording.js';

/** A step of an Event: what it warns of when it is seen first. That it is seen again, or forgotten, is no news. */
export function translateWarning(step: Step, cluster: ClusterFacts, sighting: Sighting): Translation {
  if (step.after === null) return ignored('expired_events');
  const after = KeptWarning.safeParse(step.after).data;
  if (!after) return unsupported('Event');
  if (after.quiet !== undefined) return ignored(after.quiet as NoiseRule);
  const wasTold = step.before !== null && KeptWarning.safeParse(step.before).data?.quiet === undefined;
  if (wasTold) return ignored('status_only');
  return { kind: 'events', events: [warningEvent(after, step.before !== null, cluster, sighting)] };
}

function warningEvent(
  warning: KeptWarning,
  isRepeated: boolean,
  cluster: ClusterFacts,
  sighting: Sighting,
): SourceEvent {
  const { metadata, of, type, reason, message, component, count, at } = warning;
  const object: Named = of.kind === 'Pod' ? ownerByName(of) : of;
  // What is told for being repeated is told when that is seen, not when it was one of many.
  const when = whenChanged(isRepeated ? undefined : at, sighting);
  const isWarning = type === 'Warning';
  return {
    key_parts: [cluster.uid, metadata.uid, 'warning'],
    title: `${object.kind} ${object.name}: ${reason}${message ? `: ${firstLine(message, reason).slice(0, 160)}` : ''}`,
    type: isWarning ? 'warning' : 'notice',
    ...placeOf(object, cluster),
    refs: refsOf(environmentRef(cluster.environment)),
    ...when,
    ...(isWarning && { status: 'warning', severity: 'warning' }),
    data: {
      ...namedData(object, cluster),
      ...(of.kind === 'Pod' && { pod: of.name }),
      reason,
      ...(message !== undefined && { message }),
      ...(component !== undefined && { component }),
      ...(count !== undefined && { seen: count }),
      ...(at !== undefined && { first_seen: at }),
      kubectl: `kubectl describe ${of.kind.toLowerCase()} ${of.name}${of.namespace ? ` --namespace ${of.namespace}` : ''}`,
      ...windowData(when, sighting),
    },
  };
}
