import { HttpError } from '@painchain/runtime/http';

/** Whose fault it is: `upstream` passes by itself, `configuration` needs a human. */
export type Fault = 'upstream' | 'configuration';

/**
 * What a source throws when it can't collect. It never ends the process nor another source: `upstream` backs
 * off and tries again without giving up, `configuration` is shown as "action required" with its remedy and is
 * tried again at a slower pace, since the remedy may be applied at the source. No secret may stand in it.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  /** Short and stable, in kebab case: `repository-not-found`. */
  readonly code: string;
  readonly detail: string;
  /** What a human can do about it. */
  readonly remedy: string;
  readonly kind: Fault;
  /** Not to be tried again before, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(fault: {
    code: string;
    detail: string;
    remedy: string;
    kind: Fault;
    retryAfterMs?: number | undefined;
    cause?: unknown;
  }) {
    super(fault.detail, fault.cause === undefined ? {} : { cause: fault.cause });
    this.code = fault.code;
    this.detail = fault.detail;
    this.remedy = fault.remedy;
    this.kind = fault.kind;
    this.retryAfterMs = fault.retryAfterMs;
  }
}

/** Any thrown value as a SourceError. An unknown exception is a bug of the source and is retried like an outage. */
export function asSourceError(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  if (error instanceof HttpError) return fromHttp(error);
  return new SourceError({
    code: 'unexpected',
    detail: error instanceof Error ? error.message.slice(0, 500) : 'something that is no error was thrown',
    remedy: 'This is a bug of the connector; its log has the details. It keeps trying by itself.',
    kind: 'upstream',
    cause: error,
  });
}

function fromHttp(error: HttpError): SourceError {
  const refused = error.status === 401 || (error.status === 403 && error.retryAfterMs === undefined);
  return new SourceError({
    code: refused
      ? 'source-refused'
      : `source-${error.kind === 'status' ? error.status : error.kind.replace('_', '-')}`,
    detail: error.message,
    remedy: refused
      ? 'Check the credential of this integration and what it may read.'
      : 'Nothing to do: it is asked again until it answers.',
    kind: refused ? 'configuration' : 'upstream',
    retryAfterMs: error.retryAfterMs,
    cause: error,
  });
}
