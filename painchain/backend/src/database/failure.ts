import { ProblemError } from '../problem/problem-error.js';

const unavailableClasses = ['08', '53', '57P', '58'];
const unavailableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  '25006', // read-only: the primary has become a standby
]);
// pg and pg-pool give these no code.
const unavailableMessages = [
  /^timeout exceeded when trying to connect/,
  /^Connection terminated/,
  /^Client has encountered a connection error/,
  /^Query read timeout/,
  /^Cannot use a pool after calling end/,
];

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

// Prisma wraps the driver's error; what pg said stands in a cause, or in meta.
function* layersOf(error: unknown): Generator {
  for (let layer = error, depth = 0; layer && depth < 5; depth++) {
    yield layer;
    const { cause, meta } = layer as { cause?: unknown; meta?: { driverAdapterError?: unknown } };
    const original = layer as { originalCode?: unknown; originalMessage?: string };
    if (typeof original.originalCode === 'string') {
      yield Object.assign(new Error(original.originalMessage), { code: original.originalCode });
    }
    layer = cause ?? meta?.driverAdapterError;
  }
}

/** Whether the database could not be reached, went away or has no room, in contrast to a wrong statement. */
export function isUnavailable(error: unknown): boolean {
  for (const layer of layersOf(error)) {
    const code = codeOf(layer);
    if (unavailableCodes.has(code) || unavailableClasses.some((prefix) => code.startsWith(prefix)))
      return true;
    if (unavailableMessages.some((message) => message.test(messageOf(layer)))) return true;
  }
  return false;
}

function has(error: unknown, ...codes: string[]): boolean {
  for (const layer of layersOf(error)) if (codes.includes(codeOf(layer))) return true;
  return false;
}

/** Thrown inside of a transaction that another one has made pointless: like a serialization failure it is repeated. */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
  readonly code = '40001';
}

/** Two transactions got in each other's way; doing it again from the start is right. */
export function isWorthRepeating(error: unknown): boolean {
  return has(error, '40001', '40P01');
}

/** Whether a unique key is taken by another row. */
export function isTaken(error: unknown): boolean {
  return has(error, '23505');
}

/** A failure of the database as a problem that tells the client to come back; anything else as it came. */
export function asProblem(error: unknown): unknown {
  if (error instanceof ProblemError) return error;
  if (has(error, '57014', '55P03')) {
    const detail = 'Narrow the time range or the filters, or try again when there is less to do.';
    return new ProblemError('query-timeout', detail, { retryAfterSeconds: 1, cause: error });
  }
  if (isUnavailable(error) || isWorthRepeating(error)) {
    const detail = 'The database cannot be reached or is busy. Nothing was lost: try again shortly.';
    return new ProblemError('unavailable', detail, { retryAfterSeconds: 1, cause: error });
  }
  return error;
}
