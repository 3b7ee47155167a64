import { createHmac } from 'node:crypto';

export const derivedRole = 'painchain_app';

/**
 * The address by which requests are served: given, or the owner's with the role `painchain_app`, whose password
 * follows from the owner's, so that every backend of one database finds the same without storing it.
 */
export function appUrlOf(ownerUrl: string, given?: string): string {
  if (given !== undefined) return given;
  const url = new URL(ownerUrl);
  url.username = derivedRole;
  if (url.password !== '') {
    const key = decodeURIComponent(url.password);
    url.password = createHmac('sha256', key).update('painchain app role').digest('hex');
  }
  return url.href;
}
