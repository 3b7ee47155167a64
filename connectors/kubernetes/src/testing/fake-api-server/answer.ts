import type { JsonObject } from '@painchain/connector-sdk';

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** What is not JSON is text, as of a path that no API has. */
  body: JsonObject | string;
}

const reasons: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'AlreadyExists',
  410: 'Expired',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/** As the API says no. */
export function statusOf(code: number, message: string): JsonObject {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: reasons[code] ?? 'Unknown',
    code,
  };
}

export function refused(code: number, message: string, headers: Record<string, string> = {}): Answer {
  return { status: code, headers, body: statusOf(code, message) };
}

/** Of a group, a version or a path that isn't served. */
export const nowhere: Answer = { status: 404, body: '404 page not found\n' };
