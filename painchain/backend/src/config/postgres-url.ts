import { z } from 'zod';

function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  try {
    decodeURIComponent(username + password);
  } catch {
    return false;
  }
  return /^postgres(ql)?:$/.test(protocol);
}

export const postgresUrl = z.string().refine(isPostgresUrl, {
  error: 'must be a postgresql:// URL, with special characters of user and password written as %40',
});
