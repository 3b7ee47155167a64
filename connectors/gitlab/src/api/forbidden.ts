import type { ExplainedFault, HttpError } from '@painchain/connector-sdk';
import { z } from 'zod';

const kind = 'configuration' as const;

const Insufficient = z.object({
  error: z.enum(['insufficient_scope', 'insufficient_granular_scope']),
  error_description: z.string().nullish().catch(null),
});

/** What a refusal says; undefined where that is no JSON. */
export function jsonOf({ body }: HttpError): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Whether a token of which each permission is chosen by itself lacks one. */
export function isFineGrained(refusal: HttpError): boolean {
  return Insufficient.safeParse(jsonOf(refusal)).data?.error === 'insufficient_granular_scope';
}

/**
 * What a token itself lacks, where GitLab says that it does: the permission that it names, or the scope that reads
 * everything, whichever of several it names.
 *
 * https://docs.gitlab.com/auth/tokens/fine_grained_access_tokens/
 */
export function neededRight(refusal: HttpError): string | undefined {
  const { data } = Insufficient.safeParse(jsonOf(refusal));
  if (!data) return undefined;
  if (data.error === 'insufficient_scope') return 'the scope read_api';
  const named = /\[([\w :,]{1,200})\]/.exec(data.error_description ?? '')?.[1];
  return `the permission ${named ?? 'to read this'}`;
}

const byWords = [
  {
    words: /account (?:has been |is )?(?:blocked|deactivated|banned)|pending approval/i,
    code: 'credential-suspended',
    detail: 'The account behind this token is blocked or not active.',
    remedy: 'Let an administrator of the server unblock it, or use a token of another account.',
  },
  {
    words: /terms of service/i,
    code: 'terms-not-accepted',
    detail: 'The account behind this token has not accepted the server’s terms of service.',
    remedy: 'Sign in to GitLab with that account and accept them.',
  },
  {
    words: /password expired/i,
    code: 'credential-suspended',
    detail: 'The password of the account behind this token has expired.',
    remedy:
      'Sign in to GitLab with that account and set another one, or use a project or group access token.',
  },
];

/** What a 403 means. */
export function forbidden(refusal: HttpError): ExplainedFault {
  const known = byWords.find(({ words }) => words.test(refusal.body));
  if (known) {
    const { words: _, ...fault } = known;
    return { ...fault, kind };
  }
  const answer = jsonOf(refusal);
  if (typeof answer !== 'object' || answer === null) {
    return {
      code: 'address-refused',
      detail: 'GitLab, or something in front of it, refuses whatever comes from this address.',
      remedy:
        'If a wrong token was used often, the server lets this address in again after an hour. Else add the address to what the server or its firewall lets in.',
      kind,
    };
  }
  const right = neededRight(refusal);
  return {
    code: 'permission-missing',
    detail: right === undefined ? 'The token’s user may not read this.' : 'The token may not read this.',
    remedy:
      right === undefined
        ? 'Give its user a role in the project that may read it, or leave this kind out of `events:`.'
        : `Make a token with ${right} and put it in \`token\`.`,
    kind,
  };
}
