import type { SourceEvent } from '@painchain/connector-sdk';
import {
  type BranchMove,
  type MoveDetails,
  branchMoveEvent,
  pathOfMove,
} from '@painchain/connector-sdk/wording';
import type { ProjectFacts, Sighting } from './facts.js';
import { homeOf, pageOf } from './wording.js';

/** A branch's move as one event, whether GitLab has told it, was asked, or it shows as a difference. */
export function branchEvent(
  branch: string,
  move: BranchMove,
  details: MoveDetails,
  project: ProjectFacts,
  sighting: Sighting,
): SourceEvent {
  const page = pageOf(project, pathOfMove(move));
  return branchMoveEvent(branch, move, details, homeOf(project), page, sighting);
}
