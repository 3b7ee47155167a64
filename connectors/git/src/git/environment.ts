import { devNull } from 'node:os';

/** Credentials for one remote. They reach git through its environment, never through a command line. */
export interface Credentials {
  username: string;
  token: string;
}

export interface EnvironmentOptions {
  /** What the connector's own process passes on: PATH, HOME, proxies, the ssh agent. */
  inherited: Readonly<Record<string, string>>;
  /** Transports that git may use; none for a repository that is only read. */
  protocols: readonly string[];
  /** A folder to open although somebody else owns it. */
  trusted?: string;
  /** The remote's origin (`https://host:port`) and what to show it. */
  credentials?: { origin: string; credentials: Credentials };
}

/**
 * Settings that stand above whatever the repository's own config says. A watched repository may be hostile:
 * each of the first group would otherwise start a program that its config names.
 */
const settings: readonly (readonly [string, string])[] = [
  ['core.hooksPath', devNull],
  ['core.fsmonitor', 'false'],
  ['core.pager', 'cat'],
  ['core.askPass', ''],
  ['core.alternateRefsCommand', ''],
  ['credential.helper', ''],
  ['diff.external', ''],
  ['log.showSignature', 'false'],
  ['core.attributesFile', devNull],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['submodule.recurse', 'false'],
  ['advice.detachedHead', 'false'],
  // A connection that has gone silent ends long before the fetch's own timeout and frees its place. A server
  // that is still packing sends a sign of life every five seconds.
  ['http.lowSpeedLimit', '1'],
  ['http.lowSpeedTime', '120'],
];

/**
 * Never asks, never learns a host by itself, notices a dead connection, and leaves no master connection behind:
 * one that the user's ssh configuration asks for would hold our pipes open for as long as it persists.
 */
const sshOptions = [
  'BatchMode=yes',
  'StrictHostKeyChecking=yes',
  'ConnectTimeout=20',
  'ServerAliveInterval=20',
  'ServerAliveCountMax=3',
  'ControlMaster=no',
];

function authorization({ username, token }: Credentials): string {
  return `Authorization: Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`;
}

/**
 * The whole environment of a git process. It is built from nothing, so that no GIT_DIR, GIT_TRACE or alias of
 * whoever started the connector reaches git, and neither the user's nor the machine's git config is read.
 */
export function gitEnvironment(options: EnvironmentOptions): Record<string, string> {
  const config = [...settings];
  if (options.trusted !== undefined) config.push(['safe.directory', options.trusted]);
  if (options.credentials !== undefined) {
    const { origin, credentials } = options.credentials;
    config.push([`http.${origin}/.extraHeader`, authorization(credentials)]);
    // A redirect could carry the header to somebody else.
    config.push(['http.followRedirects', 'false']);
  }
  // Git has a variable of its own for what everybody else calls SSL_CERT_FILE, and reads no other.
  const authorities = options.inherited.SSL_CERT_FILE;
  return {
    ...options.inherited,
    ...(authorities && { GIT_SSL_CAINFO: authorities }),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: devNull,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_COUNT: String(config.length),
    ...Object.fromEntries(
      config.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
    GIT_ALLOW_PROTOCOL: options.protocols.join(':') || 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: devNull,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: `ssh ${sshOptions.map((option) => `-o${option}`).join(' ')}`,
    GIT_SSH_VARIANT: 'ssh',
    GIT_PAGER: 'cat',
  };
}
