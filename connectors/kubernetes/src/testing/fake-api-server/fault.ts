/**
 * What happens to a request instead of a plain answer: another status; the connection `slammed` without a word; `silent`,
 * so that no answer ever comes; an answer that ends in the middle, or comes after so many milliseconds of this machine.
 * A watch that is `empty` ends as soon as it has begun; one that `dribbles` comes in pieces.
 */
export type Fault =
  | { kind: 'status'; status: number; retryAfterSeconds?: number }
  | { kind: 'slammed' }
  | { kind: 'silent' }
  | { kind: 'truncated' }
  | { kind: 'slow'; ms: number }
  | { kind: 'empty' }
  | { kind: 'dribbles' };
