import type { Problem, ProblemCode } from '@painchain/contract';

export type FieldFault = NonNullable<Problem['errors']>[number];

export interface ProblemOptions {
  /** What is wrong where, as JSON pointers into the body or the query. */
  errors?: FieldFault[] | undefined;
  /** When to try again; becomes Retry-After. */
  retryAfterSeconds?: number | undefined;
  /** For the log only; never sent. */
  cause?: unknown;
}

/**
 * Something went wrong that the client may be told about. The code is one of the contract's closed catalogue
 * and decides the status; the detail says what is wrong and names the remedy, and never holds a secret.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly errors: FieldFault[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ProblemCode,
    detail: string,
    { errors, retryAfterSeconds, cause }: ProblemOptions = {},
  ) {
    super(detail, cause === undefined ? undefined : { cause });
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
