import type { Translation } from '@painchain/connector-sdk';
import type { ProjectFacts, Sighting } from './facts.js';
import { MergeRequest, mergeRequestEvent } from './merge-request-facts.js';
import { type MergeRequestPayloads, extentOf } from './merge-request.js';
import { ignored, unsupported } from './reasons.js';
import { readStateEvent } from './state-event.js';

/** That a merge request was closed or opened again, from its list of state events. */
export function translateMergeRequestState(
  payloads: MergeRequestPayloads & { event: unknown },
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const change = readStateEvent(payloads.event);
  const { data: mergeRequest } = MergeRequest.safeParse(payloads.merge_request);
  if (change === null) return ignored('part');
  if (!change || !mergeRequest) return unsupported('state of a merge request');
  const { id, kind, at, by: actor } = change;
  const told = {
    key: ['mr', String(mergeRequest.id), kind, String(id)],
    actor,
    extent: extentOf(payloads),
  };
  return {
    kind: 'events',
    events: [mergeRequestEvent({ kind, at }, mergeRequest, told, project, sighting)],
  };
}
