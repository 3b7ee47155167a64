import { HttpException } from '@nestjs/common';
import { type Problem, type ProblemCode, problemType, problems } from '@painchain/contract';
import { ProblemError } from './problem-error.js';

const codeOfStatus: Partial<Record<number, ProblemCode>> = {
  400: 'malformed-request',
  401: 'missing-key',
  403: 'not-allowed',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'malformed-request',
  409: 'conflict',
  413: 'too-large',
  414: 'too-large',
  415: 'unsupported-media-type',
  422: 'invalid',
  429: 'too-many-requests',
  431: 'too-large',
  503: 'unavailable',
};

// Fastify and Nest name their own errors by an HTTP status; whoever else throws one means a bug.
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  const isOfFastify = typeof code === 'string' && code.startsWith('FST_');
  return isOfFastify && typeof statusCode === 'number' ? statusCode : undefined;
}

// Fastify only says what was wrong; whoever reads it wants to know what is right.
const remedies: Partial<Record<ProblemCode, string>> = {
  'unsupported-media-type': 'Send JSON with content-type: application/json.',
};

/** Any thrown thing as one of the catalogue. What is not known is a bug: `internal`, with nothing told of it. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const status = typeof error === 'object' && error !== null ? statusOf(error) : undefined;
  if (status === undefined || (status >= 500 && status !== 503)) {
    const detail = 'It is in the log under this request id; please report it.';
    return new ProblemError('internal', detail, { cause: error });
  }
  const code = codeOfStatus[status] ?? 'malformed-request';
  return new ProblemError(code, remedies[code] ?? (error as Error).message, { cause: error });
}

export function toProblem(error: ProblemError, requestId: string): Problem {
  return {
    type: problemType(error.code),
    title: problems[error.code].title,
    status: problems[error.code].status,
    detail: error.message,
    instance: requestId,
    ...(error.errors && { errors: error.errors }),
  };
}
