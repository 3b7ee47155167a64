import type { HttpError } from '@painchain/runtime/http';
import { SourceError } from '../source-error.js';
import { unreachable } from './unreachable.js';

/** A fault in the words of whoever has to mend it. */
export type ExplainedFault = Pick<SourceError, 'code' | 'detail' | 'remedy' | 'kind'>;

const wait = 'Nothing to do: it is asked again until it answers.';
const checkAddress =
  'It is asked again. If it stays, check `base_url` and the proxies in between: it must be the address by which the ' +
  'server calls itself.';

function upstream(code: string, detail: string, remedy = wait): ExplainedFault {
  return { code, detail, remedy, kind: 'upstream' };
}

/** Something else has answered, such as a page for browsers. */
export function notItsAnswer(vendor: string): ExplainedFault {
  const detail = `What answered is no JSON of ${vendor}’s, or its next page lies at another address than \`base_url\`.`;
  return upstream('answer-unreadable', detail, checkAddress);
}

const redirects = [301, 302, 307, 308];

/** Whether an answer only says where else to ask. */
export function isRedirect({ status }: HttpError): boolean {
  return redirects.includes(status);
}

/** How the certificate authority of a server of one’s own is made known to any process of Node. */
const usualTrust =
  'Put the path of its authority’s certificate, a PEM file, in the variable NODE_EXTRA_CA_CERTS of the connector.';

/**
 * Where no answer came that can be used, whose fault nobody’s rules can tell.
 *
 * @param vendor its name as people write it
 * @param trust how the certificate authority of a server of one’s own is made known
 */
export function withoutAnswer(failure: HttpError, vendor: string, trust = usualTrust): ExplainedFault {
  const name = vendor.toLowerCase();
  switch (failure.kind) {
    case 'network':
      return unreachable(failure, vendor, trust);
    case 'timeout':
      return upstream(`${name}-timeout`, `${vendor} did not answer in time.`);
    case 'too_large':
      return upstream('answer-too-large', `${vendor}’s answer is larger than any that is expected.`);
    case 'invalid_answer':
      return notItsAnswer(vendor);
    case 'status':
      return upstream(`${name}-failing`, `${vendor} answers with an error of its own.`);
  }
}

/**
 * A server that leads to another origin, such as from http to https, doesn't speak of what was asked for: nothing can
 * be asked there, since the credential is sent to one origin only. Undefined when it doesn't.
 */
export function leadsElsewhere(refusal: HttpError, baseUrl: string): SourceError | undefined {
  const { location } = refusal.headers;
  if (!isRedirect(refusal) || !location || !URL.canParse(location, baseUrl)) return undefined;
  const [here, there] = [new URL(baseUrl).origin, new URL(location, baseUrl).origin];
  if (here === there) return undefined;
  return new SourceError({
    code: 'base-url-elsewhere',
    detail: `${here} leads to ${there}, where the credential is not sent.`,
    remedy:
      'Put the address by which the server calls its API under `base_url`, in full and with https. If it is a login in ' +
      'front of the server, let it pass what goes to the API.',
    kind: 'configuration',
    cause: refusal,
  });
}
