import { HttpError } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { type Asked, explain } from './faults.js';
import { ruleOf } from './rule.js';

const resource = { groupVersion: 'apps/v1', plural: 'deployments', namespaced: true };
const asked: Asked = { cluster: 'prod', what: 'deployments in apps/v1', rule: ruleOf(resource) };

function refusal(status: number, body: object | string = '', retryAfterMs?: number): HttpError {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new HttpError('status', 'GET https://api.acme.test/x answered', {
    status,
    body: text,
    retryAfterMs,
  });
}

function broken(code: string): HttpError {
  const cause = Object.assign(new Error('no'), { code });
  return new HttpError('network', 'no', { cause });
}

describe('a fault', () => {
  it.each([
    [refusal(401), 'credential-refused', 'configuration'],
    [refusal(403), 'not-permitted', 'configuration'],
    [refusal(404), 'kind-not-served', 'configuration'],
    [refusal(410), 'list-expired', 'upstream'],
    [refusal(429, '', 7_000), 'too-many-requests', 'upstream'],
    [refusal(400), 'request-refused', 'upstream'],
    [refusal(500, 'etcdserver: leader changed'), 'server-failed', 'upstream'],
    [refusal(503), 'server-failed', 'upstream'],
    [new HttpError('timeout', 'late'), 'timeout', 'upstream'],
    [new HttpError('too_large', 'large'), 'object-too-large', 'upstream'],
    [new HttpError('invalid_answer', 'html'), 'invalid-answer', 'upstream'],
    [broken('ECONNREFUSED'), 'unreachable', 'upstream'],
    [broken('UND_ERR_SOCKET'), 'unreachable', 'upstream'],
    [broken('ENOTFOUND'), 'host-not-found', 'upstream'],
    [broken('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate-not-trusted', 'configuration'],
    [broken('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'certificate-not-trusted', 'configuration'],
    [broken('CERT_HAS_EXPIRED'), 'certificate-not-trusted', 'configuration'],
    [broken('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate-not-trusted', 'configuration'],
    [broken('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'credential-refused', 'configuration'],
  ])('%s is %s, of kind %s', (error, code, kind) => {
    expect(explain(error, asked)).toMatchObject({ code, kind });
  });

  it('names the rule that is missing, and who is to get it', () => {
    const message =
      'deployments.apps is forbidden: User "system:serviceaccount:ops:painchain" cannot list resource';
    const error = refusal(403, { kind: 'Status', code: 403, reason: 'Forbidden', message });
    expect(explain(error, asked)).toMatchObject({
      detail: 'system:serviceaccount:ops:painchain may not list and watch deployments in apps/v1 in prod.',
      remedy:
        'Add to the ClusterRole of the connector: apiGroups: ["apps"], resources: ["deployments"], verbs: ["list","watch"]. Or leave it out in the configuration.',
    });
    expect(explain(error, { ...asked, namespace: 'shop' })).toMatchObject({
      detail:
        'system:serviceaccount:ops:painchain may not list and watch deployments in apps/v1 of the namespace shop in prod.',
    });
  });

  it('obeys Retry-After', () => {
    expect(explain(refusal(429, '', 7_000), asked)).toMatchObject({ retryAfterMs: 7_000 });
    expect(explain(refusal(503, '', 3_000), asked)).toMatchObject({ retryAfterMs: 3_000 });
  });

  it('leaves alone what it does not know', () => {
    const enough = new Error('enough');
    expect(explain(enough, asked)).toBe(enough);
  });
});
