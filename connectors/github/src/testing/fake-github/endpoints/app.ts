import { createVerify } from 'node:crypto';
import { written } from '../shape.js';
import type { Account, World } from '../world/world.js';

const hourMs = 3_600_000;

interface Claims {
  iss?: string | number;
  iat?: number;
  exp?: number;
}

/** Whether a JWT is one that GitHub would take from this app now. */
function isSignedBy({ id, publicKey }: NonNullable<Account['app']>, jwt: string, now: number): boolean {
  const [head = '', body = '', signature = ''] = jwt.split('.');
  const verify = createVerify('RSA-SHA256').update(`${head}.${body}`);
  if (!verify.verify(publicKey, signature, 'base64url')) return false;
  const { iss, iat = 0, exp = 0 } = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
  const seconds = now / 1_000;
  return String(iss) === id && iat <= seconds + 60 && exp > seconds && exp <= seconds + 660;
}

/** A token of an installation, for an hour; undefined when the app can't show who it is. */
export function installationToken(world: World, installation: number, jwt: string): object | undefined {
  const account = world.accounts.find(({ app }) => app?.installation === installation);
  if (!account?.app || !isSignedBy(account.app, jwt, world.now())) return undefined;
  const token = `ghs_${world.chance.hex(36)}`;
  const expires = world.now() + hourMs;
  account.tokens.set(token, { expires });
  return {
    token,
    expires_at: written(expires),
    permissions: { contents: 'read' },
    repository_selection: 'all',
  };
}
