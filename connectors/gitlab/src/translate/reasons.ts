import type { Translation } from '@painchain/connector-sdk';

/** Why a payload is no event. There are few, since they are the labels of a counter. */
export const reasons = {
  noChange: 'no change of its state',
  polled: 'told by polling, which has its id',
  fuller: 'told by polling, which knows more of it',
  part: 'told with what it is a part of',
  elsewhere: 'told by another webhook',
  conversation: 'conversation',
  planning: 'planning',
  alert: 'alerts and expiries',
  foreign: 'not about one project',
  words: 'words about the project',
  confidential: 'confidential',
  otherRef: 'neither a branch nor a tag',
  together: 'many refs at once, told one by one',
  access: 'who may do what',
  push: 'told by the push',
  upcoming: 'told when it is published',
} as const;

export type Reason = keyof typeof reasons;

export function ignored(reason: Reason): Translation {
  return { kind: 'ignored', reason: reasons[reason] };
}

export function unsupported(what: string): Translation {
  return { kind: 'unsupported', what };
}
