import type { HttpError } from '@painchain/runtime/http';
import { SourceError } from '../source-error.js';

/** A fault in the words of whoever has to mend it. */
export type ExplainedFault = Pick<SourceError, 'code' | 'detail' | 'remedy' | 'kind'>;

const wait = 'Nothing to do: it is asked again until it answers.';
const checkAddress =
  'It is asked again. If it stays, check `base_url` and the proxies in between: it must be the address by which the ' +
  'server calls itself.';

const redirects = [301, 302, 307, 308];

/** Whether an answer only says where else to ask. */
export function isRedirect({ status }: HttpError): boolean {
  return redirects.includes(status);
}

/** Where no answer came that can be used, whose fault nobody’s rules can tell. `vendor` is its name as people write it. */
export function withoutAnswer({ kind }: HttpError, vendor: string): ExplainedFault {
  const name = vendor.toLowerCase();
  const faults = {
    network: [`${name}-unreachable`, `${vendor} can’t be reached, or its answer broke off.`],
    timeout: [`${name}-timeout`, `${vendor} did not answer in time.`],
    too_large: ['answer-too-large', `${vendor}’s answer is larger than any that is expected.`],
    invalid_answer: [
      'answer-unreadable',
      `What answered is no JSON of ${vendor}’s, or its next page lies at another address than \`base_url\`.`,
    ],
    status: [`${name}-failing`, `${vendor} answers with an error of its own.`],
  } as const;
  const [code, detail] = faults[kind];
  return { code, detail, remedy: kind === 'invalid_answer' ? checkAddress : wait, kind: 'upstream' };
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
    remedy: 'Put the address by which the server calls its API under `base_url`, in full and with https.',
    kind: 'configuration',
    cause: refusal,
  });
}
