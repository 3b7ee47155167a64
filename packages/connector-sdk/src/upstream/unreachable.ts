import type { HttpError } from '@painchain/runtime/http';
import type { ExplainedFault } from './failures.js';

/** Node’s and OpenSSL’s names for what keeps a certificate from being believed. */
const certificate = {
  expired: /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/,
  ofAnother: /^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/,
  unknown: /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|INVALID_CA)/,
};

const again = 'It is asked again.';

/** Why there was no connection, as Node says it: `ENOTFOUND`. */
function reasonOf({ cause }: HttpError): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

function certificateFault(reason: string, vendor: string, trust: string): ExplainedFault | undefined {
  const fault = (detail: string, remedy: string): ExplainedFault => ({
    code: 'certificate-refused',
    detail,
    remedy,
    kind: 'configuration',
  });
  if (certificate.expired.test(reason)) {
    return fault(
      `The certificate of ${vendor}’s server is not valid today.`,
      'Renew it, or set the clock of where the connector runs.',
    );
  }
  if (certificate.ofAnother.test(reason)) {
    return fault(
      `The certificate of ${vendor}’s server is one for another name.`,
      'Put the name that stands in it under `base_url`.',
    );
  }
  if (!certificate.unknown.test(reason)) return undefined;
  return fault(`The certificate of ${vendor}’s server is from an authority that nobody here knows.`, trust);
}

/**
 * What kept a connection from being made, as far as that is known, and what helps.
 *
 * @param trust how the certificate authority of a server of one’s own is made known
 */
export function unreachable(failure: HttpError, vendor: string, trust: string): ExplainedFault {
  const reason = reasonOf(failure);
  const fault = (detail: string, remedy: string): ExplainedFault => ({
    code: `${vendor.toLowerCase()}-unreachable`,
    detail: `${vendor} can’t be reached${detail}`,
    remedy,
    kind: 'upstream',
  });
  if (/^(?:ENOTFOUND|EAI_)/.test(reason)) {
    return fault(
      ': there is no server by the name in `base_url`.',
      `${again} If it stays, check the name, and whether it is known where the connector runs.`,
    );
  }
  if (/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/.test(reason)) {
    return fault(
      ': nothing answers at the address in `base_url`.',
      `${again} If it stays, check the host and the port, and the firewalls in between.`,
    );
  }
  if (/^(?:EPROTO|ERR_SSL_)/.test(reason)) {
    return fault(
      ': what answers there does not speak TLS as it should.',
      `${again} If it stays, check whether \`base_url\` should begin with http, or has the wrong port.`,
    );
  }
  return (
    certificateFault(reason, vendor, trust) ??
    fault(', or its answer broke off.', 'Nothing to do: it is asked again until it answers.')
  );
}
