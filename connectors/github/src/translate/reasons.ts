import type { Translation } from '@painchain/connector-sdk';

/** Why a payload is no event. There are few, since they are the labels of a counter. */
export const reasons = {
  noChange: 'no change of its state',
  gone: 'nothing is left of it',
  pullRequest: 'told as a pull request',
  polled: 'told by polling, which has its id',
  fuller: 'told by polling, which knows more of it',
  part: 'told with what it is a part of',
  elsewhere: 'told by another webhook',
  conversation: 'conversation',
  popularity: 'stars, watches and forks',
  planning: 'planning',
  alert: 'alerts and advisories',
  foreign: 'not about one repository',
  trigger: 'told by the run it starts',
  check: 'checks and commit statuses',
  ping: 'ping',
  words: 'words about the repository',
  otherPackage: 'no container image',
  otherRef: 'neither a branch nor a tag',
  push: 'told by the push',
  draft: 'a draft',
  published: 'told when it is published',
  untagged: 'an image without a tag: a part of another',
} as const;

export type Reason = keyof typeof reasons;

export function ignored(reason: Reason): Translation {
  return { kind: 'ignored', reason: reasons[reason] };
}

export function unsupported(what: string): Translation {
  return { kind: 'unsupported', what };
}
