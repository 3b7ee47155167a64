import {
  type ExplainedFault,
  type HttpError,
  SourceError,
  isRedirect,
  withoutAnswer,
} from '@painchain/connector-sdk';
import { forbidden } from './forbidden.js';
import { restAfter } from './limits.js';

const makeToken = 'Make a token with the scope read_api and put it in `token`.';

/** GitLab says why it refuses a token: `Token is expired. …`, `Token was revoked. …`. */
function unauthorized({ body }: HttpError): ExplainedFault {
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
    detail: 'GitLab does not know this token: it is mistyped, has expired or was revoked.',
    remedy: makeToken,
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
  if (refusal.kind !== 'status') return withoutAnswer(refusal, 'GitLab');
  if (status === 401) return unauthorized(refusal);
  if (status === 403) return forbidden(refusal);
  if (isRedirect(refusal)) return moved;
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
