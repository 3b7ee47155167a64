/** A remote as it may be shown and compared: no user, no password, no default port, no `.git`. */
export interface RemoteUrl {
  /** https, ssh or file: what git is allowed to use for it. */
  protocol: 'https' | 'http' | 'ssh' | 'file';
  /** What git is given. Holds no credential: the user of an ssh URL only names an account. */
  fetchUrl: string;
  /** `host/owner/repo`, the same for https and ssh. */
  identity: string;
  /** `owner/repo`. */
  path: string;
  /** `https://host/owner/repo`, where the commits of a forge can be read; a guess for ssh. */
  webUrl?: string;
  /** `https://host:port`, for credentials. */
  origin?: string;
  username?: string;
}

export type RemoteUrlFault = 'unreadable' | 'transport' | 'password' | 'unsafe';

const unsafe = /[\u0000-\u0020\u007f-\u009f\\]/;
const hostName = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/i;
const defaultPorts = new Map([
  ['https', '443'],
  ['http', '80'],
  ['ssh', '22'],
]);

function cleanPath(path: string): string {
  return path
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/i, '')
    .replace(/\/{2,}/g, '/');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `user@host:path`, git's short form of ssh. A slash before the colon makes it a path instead. */
function parseShort(text: string): RemoteUrl | RemoteUrlFault | undefined {
  const match = /^(?:([^@/:]+)@)?([^@/:]+|\[[^\]]+\]):(?!\/\/)(.+)$/.exec(text);
  if (!match) return undefined;
  const [, user, host = '', rest = ''] = match;
  if (rest.startsWith(':')) return 'transport';
  // Either a password before a host, or a path nobody has.
  if (rest.includes('@')) return 'password';
  if (!hostName.test(host) || user?.startsWith('-') || rest.startsWith('-')) return 'unsafe';
  const path = cleanPath(rest);
  if (path === '') return 'unreadable';
  return {
    protocol: 'ssh',
    fetchUrl: text,
    identity: `${host.toLowerCase()}/${path}`,
    path,
    ...(user === 'git' && path.includes('/') && { webUrl: `https://${host.toLowerCase()}/${path}` }),
  };
}

function parseFull(text: string): RemoteUrl | RemoteUrlFault {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#]*)@)?([^/?#@]*)(\/[^?#]*)$/i.exec(text);
  if (!match) return 'unreadable';
  const [, scheme = '', userinfo = '', authority = '', rest = ''] = match;
  const protocol = scheme.toLowerCase();
  const path = cleanPath(decoded(rest));
  // Some forges take a token in place of the user, and no forge has a name that long.
  if (userinfo.includes(':') || userinfo.length >= 40) return 'password';
  if (protocol === 'file') {
    if (userinfo !== '' || (authority !== '' && authority !== 'localhost')) return 'unsafe';
    return { protocol, fetchUrl: text, identity: `file:/${path}`, path: path.split('/').at(-1) ?? path };
  }
  if (protocol !== 'https' && protocol !== 'http' && protocol !== 'ssh') return 'transport';
  const port = /:(\d{1,5})$/.exec(authority)?.[1];
  const host = authority.replace(/:\d{1,5}$/, '').toLowerCase();
  if (!hostName.test(host) || userinfo.startsWith('-') || unsafe.test(path)) return 'unsafe';
  if (path === '') return 'unreadable';
  const shownPort = port === undefined || port === defaultPorts.get(protocol) ? '' : `:${port}`;
  const web = protocol !== 'ssh' || userinfo === 'git';
  const origin = `${protocol === 'ssh' ? 'https' : protocol}://${host}${protocol === 'ssh' ? '' : shownPort}`;
  return {
    protocol,
    fetchUrl: protocol === 'ssh' ? text : `${protocol}://${host}${shownPort}${rest}`,
    identity: `${host}${protocol === 'ssh' ? '' : shownPort}/${path}`,
    path,
    ...(web &&
      path.includes('/') && { webUrl: `${origin}/${path.split('/').map(encodeURIComponent).join('/')}` }),
    ...(protocol !== 'ssh' && { origin }),
    ...(userinfo !== '' && { username: decoded(userinfo) }),
  };
}

/**
 * Reads the URL of a remote without believing anything about it. What git would take for a helper
 * (`ext::sh -c …`), an option (`--upload-pack=…`) or a credential is a fault, not a URL.
 */
export function parseRemoteUrl(text: string): RemoteUrl | RemoteUrlFault {
  if (text === '' || text.length > 2_048) return 'unreadable';
  if (unsafe.test(text) || text.startsWith('-')) return 'unsafe';
  if (/^[a-z0-9+.-]*::/i.test(text)) return 'transport';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return parseFull(text);
  return parseShort(text) ?? 'unreadable';
}
