import {
  type ExplainedFault,
  type HttpError,
  SourceError,
  isRedirect,
  notItsAnswer,
  withoutAnswer,
} from '@painchain/connector-sdk';
import { forbidden, jsonOf } from './forbidden.js';
import { restAfter } from './limits.js';

/** How a server’s own certificate authority is made known. */
const trust = 'Put its authority’s certificate, a PEM file, under `ca_file`.';
const makeToken = 'Make a token with the scope read_api and put it in `token`.';

const behindAnotherLogin: ExplainedFault = {
  code: 'address-refused',
  detail: 'Something in front of GitLab wants a login of its own.',
  remedy: 'Let it pass what goes to /api/v4, or put an address under `base_url` that leads past it.',
  kind: 'configuration',
};

/** GitLab says why it refuses a token: `Token is expired. …`, `Token was revoked. …`. */
function unauthorized(refusal: HttpError): ExplainedFault {
  const { body } = refusal;
  if (jsonOf(refusal) === undefined) return behindAnotherLogin;
  if (/expired/i.test(body)) {
    const detail = 'The token has expired.';
    return { code: 'token-expired', detail, remedy: makeToken, kind: 'configuration' };
  }
  if (/revoked/i.test(body)) {
    const detail = 'The token was revoked.';
    return { code: 'token-revoked', detail, remedy: makeToken, kind: 'configuration' };
  }
  return {
    code: 'credential-refused',
    detail:
      'GitLab does not know this token: it is mistyped, has expired, was revoked or is of another server.',
    remedy: `${makeToken} A deploy, job or runner token is none of those that may ask the API.`,
    kind: 'configuration',
  };
}

const unanswerable: ExplainedFault = {
  code: 'unanswerable',
  detail: 'GitLab understands the question but can’t answer it.',
  remedy: 'Nothing to do: it is asked again. If it stays, please report it.',
  kind: 'upstream',
};

const byStatus: Readonly<Record<number, ExplainedFault>> = {
  400: unanswerable,
  404: {
    code: 'not-found',
    detail: 'GitLab knows nothing under this address, or hides it from this token.',
    remedy: 'Check the path, and that the token’s user is a member.',
    kind: 'configuration',
  },
  405: unanswerable,
  409: unanswerable,
  410: {
    code: 'gone',
    detail: 'This has been taken away for good.',
    remedy: 'Leave this kind out of `events:`.',
    kind: 'configuration',
  },
  422: unanswerable,
  429: {
    code: 'rate-limited',
    detail: 'GitLab asks this token or this address to slow down.',
    remedy:
      'It goes on by itself. If it comes again: other programs that use the same token count, too, and a longer ' +
      '`polling.interval` or fewer `events:` ask less.',
    kind: 'upstream',
  },
};

const moved: ExplainedFault = {
  code: 'moved',
  detail: 'The project has another address now: it was renamed or moved to another group.',
  remedy: 'It is followed by itself. Put its present path under `projects:` when it suits.',
  kind: 'upstream',
};

function faultOf(refusal: HttpError): ExplainedFault {
  const { status } = refusal;
  if (refusal.kind !== 'status') return withoutAnswer(refusal, 'GitLab', trust);
  if (status === 401) return unauthorized(refusal);
  if (status === 403) return forbidden(refusal);
  if (isRedirect(refusal)) return moved;
  // The API says in JSON what it does not find; a proxy, or a page for browsers, knows nothing of it.
  if (status === 404 && jsonOf(refusal) === undefined) return notItsAnswer('GitLab');
  const known = byStatus[status];
  if (known) return known;
  if (status >= 500) return withoutAnswer(refusal, 'GitLab');
  return {
    code: `gitlab-${status}`,
    detail: `GitLab answers with the status ${status}.`,
    remedy: 'Nothing to do: it is asked again. If it stays, please report it.',
    kind: 'upstream',
  };
}

/** What a failure means, a refusal of GitLab's above all, in the words of whoever has to mend it. */
export function explainRefusal(refusal: HttpError, now: number): SourceError {
  const retryAfterMs = restAfter(refusal, now, 1) ?? refusal.retryAfterMs;
  return new SourceError({ ...faultOf(refusal), retryAfterMs, cause: refusal });
}
