import {
  type ExplainedFault,
  type HttpError,
  SourceError,
  isRedirect,
  withoutAnswer,
} from '@painchain/connector-sdk';
import { limitHit, restAfter } from './limits.js';
import { forbidden } from './forbidden.js';

const byStatus: Readonly<Record<number, ExplainedFault>> = {
  401: {
    code: 'credential-refused',
    detail: 'GitHub does not know this credential: it is mistyped, has expired or was revoked.',
    remedy: 'Make a token that may read the repositories and put it in `token`.',
    kind: 'configuration',
  },
  404: {
    code: 'not-found',
    detail: 'GitHub knows nothing under this address, or hides it from this credential.',
    remedy: 'Check the name, and that the credential may read it.',
    kind: 'configuration',
  },
  409: {
    code: 'repository-empty',
    detail: 'The repository has no commit yet.',
    remedy: 'Nothing to do: its first commit is told when it is there.',
    kind: 'upstream',
  },
  410: {
    code: 'gone',
    detail: 'This is switched off for the repository, or has been taken away for good.',
    remedy: 'Leave this kind out of `events:`, or switch it on in the repository’s settings.',
    kind: 'configuration',
  },
  422: {
    code: 'unanswerable',
    detail: 'GitHub understands the question but can’t answer it.',
    remedy: 'Nothing to do: it is asked again. If it stays, please report it.',
    kind: 'upstream',
  },
  451: {
    code: 'repository-blocked',
    detail: 'GitHub has blocked the repository for legal reasons.',
    remedy: 'Its owner finds the reason at GitHub. Take it out of `repositories:` if it stays so.',
    kind: 'configuration',
  },
};

const moved: ExplainedFault = {
  code: 'moved',
  detail: 'The repository has another address now: it was renamed or handed over.',
  remedy: 'It is followed by itself. Put its present name under `repositories:` when it suits.',
  kind: 'upstream',
};

function limited(hit: 'primary' | 'secondary'): ExplainedFault {
  if (hit === 'primary') {
    return {
      code: 'rate-limited',
      detail: 'The credential has used up its requests of this hour.',
      remedy:
        'It goes on by itself when the hour is over. If it comes again: a GitHub App has a limit of its own, and a ' +
        'longer `polling.interval` or fewer `events:` ask less.',
      kind: 'upstream',
    };
  }
  return {
    code: 'rate-limited-briefly',
    detail: 'GitHub asks this credential to slow down (its secondary limit).',
    remedy: 'It goes on by itself in a few minutes. Other programs that use the same credential count, too.',
    kind: 'upstream',
  };
}

function faultOf(refusal: HttpError): ExplainedFault {
  const { status } = refusal;
  if (refusal.kind !== 'status') return withoutAnswer(refusal, 'GitHub');
  const hit = limitHit(refusal);
  if (hit !== undefined) return limited(hit);
  if (status === 403) return forbidden(refusal);
  if (isRedirect(refusal)) return moved;
  const known = byStatus[status];
  if (known) return known;
  if (status >= 500) return withoutAnswer(refusal, 'GitHub');
  return {
    code: `github-${status}`,
    detail: `GitHub answers with the status ${status}.`,
    remedy: 'Nothing to do: it is asked again. If it stays, please report it.',
    kind: 'upstream',
  };
}

/** What a failure means, a refusal of GitHub's above all, in the words of whoever has to mend it. */
export function explainRefusal(refusal: HttpError, now: number): SourceError {
  const retryAfterMs = restAfter(refusal, now, 1) ?? refusal.retryAfterMs;
  return new SourceError({ ...faultOf(refusal), retryAfterMs, cause: refusal });
}
