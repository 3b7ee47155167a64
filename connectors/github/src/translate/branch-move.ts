import type { Translation } from '@painchain/connector-sdk';
import {
  type BranchMove,
  type MoveDetails,
  branchMoveEvent,
  branchOf,
  pathOfMove,
} from '@painchain/connector-sdk/wording';
import type { RepositoryFacts, Sighting } from './facts.js';
import { ignored } from './reasons.js';
import { pageOf, homeOf } from './wording.js';

/** A branch's move as one event, whether GitHub has told it or was asked. */
export function branchEvent(
  move: BranchMove,
  details: MoveDetails,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const branch = branchOf(move.ref);
  if (branch === undefined) return ignored('otherRef');
  const page = pageOf(repository, pathOfMove(move));
  const event = branchMoveEvent(branch, move, details, homeOf(repository), page, sighting);
  return { kind: 'events', events: [event] };
}
