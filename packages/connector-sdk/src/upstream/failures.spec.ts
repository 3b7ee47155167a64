import { HttpError } from '@painchain/runtime/http';
import { describe, expect, it } from 'vitest';
import { withoutAnswer } from './failures.js';

function faultOf(code: string, trust?: string) {
  const cause = Object.assign(new Error(code), { code });
  return withoutAnswer(new HttpError('network', 'no answer', { cause }), 'Forge', trust);
}

describe('where nothing could be reached', () => {
  it.each([
    ['ENOTFOUND', 'no server by the name'],
    ['EAI_AGAIN', 'no server by the name'],
    ['ECONNREFUSED', 'nothing answers at the address'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'does not speak TLS'],
    ['UND_ERR_SOCKET', 'or its answer broke off'],
  ])('%s is said in words', (code, words) => {
    const fault = faultOf(code);
    expect(fault).toMatchObject({ code: 'forge-unreachable', kind: 'upstream' });
    expect(fault.detail).toContain(words);
    expect(fault.remedy).toContain('asked again');
  });

  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'authority', 'NODE_EXTRA_CA_CERTS'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'authority', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'authority', 'NODE_EXTRA_CA_CERTS'],
    ['CERT_HAS_EXPIRED', 'not valid today', 'Renew it'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'another name', '`base_url`'],
  ])('a certificate that is refused (%s) needs a human', (code, detail, remedy) => {
    const fault = faultOf(code);
    expect(fault).toMatchObject({ code: 'certificate-refused', kind: 'configuration' });
    expect(fault.detail).toContain(detail);
    expect(fault.remedy).toContain(remedy);
  });

  it('says how a connector takes an authority of one’s own', () => {
    expect(faultOf('SELF_SIGNED_CERT_IN_CHAIN', 'Use `ca_file`.').remedy).toBe('Use `ca_file`.');
  });
});
