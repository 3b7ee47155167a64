import type { HttpError } from '@painchain/connector-sdk';

const kind = 'configuration' as const;

/** The address at which a token is approved for an organisation with single sign-on; only ever GitHub's own words. */
function ssoUrl(header: string): string | undefined {
  return /url=(https:\/\/[^\s;,"<>]{1,500})/.exec(header)?.[1];
}

/** What GitHub says would have been needed: by name for fine-grained tokens and Apps, as scopes for classic ones. */
export function neededRights({ headers }: HttpError): string | undefined {
  const permissions = headers['x-accepted-github-permissions']?.trim();
  if (permissions) {
    const named = permissions
      .slice(0, 200)
      .replaceAll(/;\s*/g, ' or ')
      .replaceAll('=', ': ')
      .replaceAll('_', ' ');
    return `the permission ${named}`;
  }
  const scopes = headers['x-accepted-oauth-scopes']?.trim();
  // A classic token has scopes and is told which are accepted; with none named, it is not about scopes.
  return scopes ? `the scope ${scopes.slice(0, 200).replaceAll(/,\s*/g, ' or ')}` : undefined;
}

function missingRight(refusal: HttpError) {
  const needed = neededRights(refusal);
  return {
    code: 'permission-missing',
    detail: 'The credential may not read this.',
    remedy: needed
      ? `Give the token or App ${needed}, or leave this kind out of \`events:\`.`
      : 'Give the token or App read access to it, or leave this kind out of `events:`.',
    kind,
  };
}

const byWords = [
  {
    words: /ip allow list|ip address.{0,80}not (?:allowed|permitted)/i,
    code: 'ip-not-allowed',
    detail: 'The organisation lets only certain addresses ask, and this one is not among them.',
    remedy: 'Add the address that this connector comes from to the organisation’s IP allow list.',
  },
  {
    words: /saml enforcement|single sign-on/i,
    code: 'sso-required',
    detail: 'The organisation wants the token to be approved by single sign-on.',
    remedy:
      'At GitHub under Settings, Developer settings: open the token, "Configure SSO", and authorise it.',
  },
  {
    words: /forbids access via|personal access tokens? .{0,80}forbidden/i,
    code: 'token-kind-forbidden',
    detail: 'The organisation does not let in tokens of this kind or lifetime.',
    remedy: 'Use a fine-grained token that the organisation has approved, or a GitHub App.',
  },
  {
    words: /installation has been suspended|account was suspended|account is suspended|has been suspended/i,
    code: 'credential-suspended',
    detail: 'The account or the App’s installation behind this credential is suspended.',
    remedy: 'Let its owner lift the suspension at GitHub, or use another credential.',
  },
  {
    words: /repository access blocked/i,
    code: 'repository-blocked',
    detail: 'GitHub has blocked the repository.',
    remedy: 'Its owner finds the reason at GitHub. Take it out of `repositories:` if it stays so.',
  },
  {
    words:
      /upgrade to github|not available (?:for|on) this|advanced security must be|make this repository public/i,
    code: 'not-available',
    detail: 'The owner’s plan at GitHub does not include this.',
    remedy: 'Nothing to do, or leave this kind out of `events:`.',
  },
];

/** What a 403 means that is not about a rate limit. */
export function forbidden(refusal: HttpError) {
  const sso = refusal.headers['x-github-sso'];
  const body = sso?.startsWith('required') ? 'single sign-on' : refusal.body;
  const known = byWords.find(({ words }) => words.test(body));
  if (!known) return missingRight(refusal);
  const { words: _, ...fault } = known;
  const url = sso === undefined ? undefined : ssoUrl(sso);
  return { ...fault, kind, ...(url !== undefined && { remedy: `Approve the token at ${url}` }) };
}
