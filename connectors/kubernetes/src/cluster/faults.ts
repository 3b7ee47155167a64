import { HttpError, SourceError } from '@painchain/connector-sdk';
import { type Rule, inWords } from './rule.js';

/** What was asked for, in words for whoever reads of a fault. */
export interface Asked {
  /** As configured. */
  cluster: string;
  /** `deployments in apps/v1`. */
  what: string;
  namespace?: string | undefined;
  /** What a role has to say for it; absent: nothing that every credential has not. */
  rule?: Rule | undefined;
}

/** How the API says no: the body of an answer, or an object in a stream. */
export interface Status {
  code: number;
  reason: string;
  message: string;
}

/** Reads a Status of a foreign server; undefined when it is none. */
export function readStatus(value: unknown): Status | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'Status')
    return undefined;
  const { code, reason, message } = value as Record<string, unknown>;
  return {
    code: typeof code === 'number' ? code : 0,
    reason: typeof reason === 'string' ? reason.slice(0, 100) : '',
    message: typeof message === 'string' ? message : '',
  };
}

/** The Status in a refusal, or what its code alone says. */
export function statusOf(error: HttpError): Status {
  let body: unknown;
  try {
    body = JSON.parse(error.body);
  } catch {
    // Cut, or not from the API server itself.
  }
  const status = readStatus(body);
  return { reason: '', message: error.body.slice(0, 500), ...status, code: error.status };
}

/**
 * Whether a version can't be watched from: it is too old, or, behind a restored etcd, from a future that never came.
 * Both mean to list anew. Older servers tell of the second as of a timeout.
 */
export function isExpired({ code, reason, message }: Status): boolean {
  if (code === 410 || reason === 'Expired' || reason === 'Gone') return true;
  if (code === 504 || reason === 'Timeout') return /too large resource version/i.test(message);
  return code === 400 && /resource ?version/i.test(message);
}

export function configurationError(code: string, detail: string, remedy: string, cause?: unknown) {
  return new SourceError({ code, detail, remedy, kind: 'configuration', cause });
}

const passes = 'Nothing to do: it is asked again until it answers.';

function upstreamError(code: string, detail: string, cause?: unknown, retryAfterMs?: number): SourceError {
  return new SourceError({ code, detail, remedy: passes, kind: 'upstream', retryAfterMs, cause });
}

function notPermitted({ cluster, what, namespace, rule }: Asked, { message }: Status): SourceError {
  const where = namespace === undefined ? '' : ` of the namespace ${namespace}`;
  const who = /User "([^"\s]{1,200})"/.exec(message)?.[1] ?? 'The credential';
  const verbs = rule?.verbs.join(' and ') ?? 'read';
  const role = namespace === undefined ? 'the ClusterRole' : 'its Role';
  const remedy = rule
    ? `Add to ${role} of the connector: ${inWords(rule)}. Or leave it out in the configuration.`
    : 'Bind the ClusterRole `system:discovery` to it.';
  return configurationError(
    'not-permitted',
    `${who} may not ${verbs} ${what}${where} in ${cluster}.`,
    remedy,
  );
}

/** What a refusal means, whether it came as an answer or within a stream. */
export function refusalOf(status: Status, asked: Asked, retryAfterMs?: number): SourceError {
  const { cluster, what } = asked;
  switch (status.code) {
    case 401:
      return configurationError(
        'credential-refused',
        `${cluster} refuses the credential: it is wrong, or it has ended.`,
        'Give the connector a token, or a kubeconfig, that is valid. It is asked again by itself.',
      );
    case 403:
      return notPermitted(asked, status);
    case 404:
      return configurationError(
        'kind-not-served',
        `${cluster} serves no ${what}.`,
        'Check the address of the server. A kind is watched as soon as it is installed there.',
      );
    case 410:
      return upstreamError('list-expired', `The list of ${what} in ${cluster} took too long to be read.`);
    case 429:
      return upstreamError(
        'too-many-requests',
        `${cluster} is asked too much.`,
        undefined,
        retryAfterMs ?? 1_000,
      );
    default:
      return upstreamError(
        status.code >= 500 || status.code === 0 ? 'server-failed' : 'request-refused',
        `${cluster} could not answer for ${what} (${status.code || 'no code'}${status.reason && `, ${status.reason}`}).`,
        undefined,
        retryAfterMs,
      );
  }
}

const certificateCode =
  /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|ERR_SSL|ERR_TLS|EPROTO|HOSTNAME_MISMATCH|INVALID_CA|PEM_/;

function codeOf({ cause }: HttpError): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

/** Whether one side does not take what the other has shown: what is known of either may have been replaced. */
export function isRefused(error: HttpError): boolean {
  return error.status === 401 || (error.kind === 'network' && certificateCode.test(codeOf(error)));
}

function networkError(error: HttpError, { cluster }: Asked): SourceError {
  const code = codeOf(error);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return configurationError(
      'certificate-not-trusted',
      `The certificate of ${cluster} is for another name than the server's.`,
      'Use a `server` whose name is in its certificate, or `tls-server-name` in the kubeconfig.',
      error,
    );
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return configurationError(
      'certificate-not-trusted',
      `The certificate of ${cluster} has expired.`,
      'Renew the certificate of the API server.',
      error,
    );
  }
  if (/_SSL_|TLSV1_ALERT|SSLV3_ALERT/.test(code) && !/WRONG_VERSION/.test(code)) {
    return configurationError(
      'credential-refused',
      `${cluster} refuses the connection: it takes no client certificate of ours, or another one.`,
      'Check the client certificate in the kubeconfig.',
      error,
    );
  }
  if (certificateCode.test(code)) {
    return configurationError(
      'certificate-not-trusted',
      `The certificate of ${cluster} is not trusted here (${code}).`,
      "Give the connector the cluster's certificate authority in `ca`, as PEM.",
      error,
    );
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return upstreamError('host-not-found', `The name of the server of ${cluster} can't be resolved.`, error);
  }
  return upstreamError('unreachable', `${cluster} can't be reached${code && ` (${code})`}.`, error);
}

/** Turns what a request ended with into a state with its remedy. Anything but an HttpError stays what it is. */
export function explain(error: unknown, asked: Asked): unknown {
  if (!(error instanceof HttpError)) return error;
  switch (error.kind) {
    case 'status':
      return refusalOf(statusOf(error), asked, error.retryAfterMs);
    case 'timeout':
      return upstreamError('timeout', `${asked.cluster} did not answer for ${asked.what} in time.`, error);
    case 'network':
      return networkError(error, asked);
    case 'too_large':
      return objectTooLarge(asked);
    case 'invalid_answer':
      return invalidAnswer(asked);
  }
}

export function objectTooLarge({ cluster, what }: Asked): SourceError {
  return upstreamError(
    'object-too-large',
    `${cluster} has objects among ${what} that are too large to be read.`,
  );
}

export function invalidAnswer({ cluster, what }: Asked): SourceError {
  return upstreamError(
    'invalid-answer',
    `${cluster} answered for ${what} with something that can't be read.`,
  );
}
