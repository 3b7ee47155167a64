import { SourceError } from '@painchain/connector-sdk';
import { GitError } from './git.js';

interface Fault {
  pattern: RegExp;
  code: string;
  detail: string;
  remedy: string;
  kind: 'upstream' | 'configuration';
}

/** What git says, in the language that LC_ALL=C gives it, and what a human needs to know of it. First match wins. */
const faults: readonly Fault[] = [
  {
    pattern: /detected dubious ownership|is owned by someone else/i,
    code: 'dubious-ownership',
    detail:
      'The repository belongs to another user than the one the connector runs as, so git refuses to open it.',
    remedy:
      'If you trust its content, set `trusted: true` for this repository, or run the connector as its owner.',
    kind: 'configuration',
  },
  {
    pattern: /host key verification failed|no .* host key is known|REMOTE HOST IDENTIFICATION HAS CHANGED/i,
    code: 'host-key-unknown',
    detail: 'The ssh key of the remote host is not among the known hosts, or is another one than it was.',
    remedy: 'Add the key that the host publishes to the known_hosts of the user the connector runs as.',
    kind: 'configuration',
  },
  {
    pattern: /not a git repository|gitfile|invalid gitfile format/i,
    code: 'not-a-repository',
    detail: 'There is a folder, but neither it nor a folder above it is a git repository.',
    remedy: 'Point `path` to a working copy, a bare repository or a folder inside of one.',
    kind: 'configuration',
  },
  {
    pattern:
      /authentication failed|could not read username|could not read password|terminal prompts disabled|permission denied \(|the requested url returned error: 40[13]|access denied|invalid credentials/i,
    code: 'authentication-failed',
    detail: 'The remote refuses the credential, or asks for one and there is none.',
    remedy:
      'Set `token` (and `username` where the host wants one) with read access, or give ssh a key that may read.',
    kind: 'configuration',
  },
  {
    pattern:
      /repository .*not found|the requested url returned error: 404|does not appear to be a git repository|project you were looking for could not be found|not found: did you run git update-server-info/i,
    code: 'repository-not-found',
    detail: 'The remote knows no repository under this URL, or hides it from this credential.',
    remedy: 'Check the URL, and that the credential may read the repository.',
    kind: 'configuration',
  },
  {
    pattern: /unable to update url base from redirection|redirect|the requested url returned error: 30\d/i,
    code: 'redirected',
    detail: 'The remote sends git to another address, where the credential must not follow.',
    remedy: 'Set `url` to the address that the repository has now.',
    kind: 'configuration',
  },
  {
    pattern: /transport '.*' not allowed|remote helper|unable to find remote helper/i,
    code: 'transport-not-allowed',
    detail: 'The URL asks for a transport that is not allowed.',
    remedy: 'Use an https or ssh URL.',
    kind: 'configuration',
  },
  {
    pattern:
      /ssl certificate problem|server certificate verification failed|certificate verify failed|problem with the ssl ca cert/i,
    code: 'certificate-not-trusted',
    detail: "The remote's certificate is not trusted here.",
    remedy: 'Give the connector the certificate authority by SSL_CERT_FILE.',
    kind: 'configuration',
  },
  {
    pattern: /no space left on device|disk quota exceeded/i,
    code: 'disk-full',
    detail: 'There is no space left where the connector keeps its copy of the repository.',
    remedy: 'Free some space under PAINCHAIN_DATA_DIR; collecting goes on by itself.',
    kind: 'upstream',
  },
  {
    pattern: /permission denied|operation not permitted|read-only file system/i,
    code: 'no-permission',
    detail:
      'The user the connector runs as may not read the repository, or not write to its own data directory.',
    remedy: 'Give that user read access to the repository and write access to PAINCHAIN_DATA_DIR.',
    kind: 'configuration',
  },
  {
    pattern: /could not resolve host|name or service not known|temporary failure in name resolution/i,
    code: 'host-not-found',
    detail: 'The name of the remote host cannot be resolved.',
    remedy: 'Check the host name in the URL. It is asked again until it answers.',
    kind: 'upstream',
  },
  {
    pattern: /unknown repository extension|expected git repo version/i,
    code: 'git-too-old',
    detail: 'The repository uses a format that the installed git does not know.',
    remedy: 'Install a newer git beside the connector.',
    kind: 'configuration',
  },
  {
    pattern:
      /loose object .* is corrupt|bad object|object file .* is empty|unable to read (?:tree|sha1)|missing (?:blob|tree|commit)|bad tree object|packfile .* (?:is|cannot)|inflate: data stream error/i,
    code: 'repository-damaged',
    detail: 'Objects of the repository are missing or damaged.',
    remedy: 'Run `git fsck` in it. In a partial clone, fetch the missing objects.',
    kind: 'configuration',
  },
  {
    pattern:
      /could not connect|failed to connect|connection (?:refused|reset|timed out|closed)|operation timed out|remote end hung up|early eof|returned error: (?:429|5\d\d)|network is unreachable|rpc failed|empty reply|could not read from remote/i,
    code: 'remote-unreachable',
    detail: 'The remote cannot be reached right now.',
    remedy: 'Nothing to do if the host is down for a while: it is asked again until it answers.',
    kind: 'upstream',
  },
];

/** Whether git has said that objects are missing or damaged. */
export function isDamage(error: unknown): boolean {
  const fault = explain(error);
  return fault instanceof SourceError && fault.code === 'repository-damaged';
}

/** A fault of the configuration or the surroundings, in words that need no knowledge of git. */
export function configurationError(code: string, detail: string, remedy: string): SourceError {
  return new SourceError({ code, detail, remedy, kind: 'configuration' });
}

/** Turns what git has said into a state with its remedy. Anything but a GitError stays what it is. */
export function explain(error: unknown): unknown {
  if (!(error instanceof GitError) || error.kind === 'aborted') return error;
  if (error.kind === 'missing') {
    return configurationError(
      'git-missing',
      'The program `git` cannot be started.',
      'Install git 2.32 or newer and make sure that it is on the PATH of the connector.',
    );
  }
  if (error.kind === 'timeout') {
    return new SourceError({
      code: 'git-timeout',
      detail: `git ${error.command} took too long and was ended.`,
      remedy:
        'It is tried again by itself. A repository on a slow disk or network may need a longer interval.',
      kind: 'upstream',
    });
  }
  const fault = faults.find(({ pattern }) => pattern.test(error.stderr));
  if (fault) return new SourceError({ ...fault, cause: error });
  return new SourceError({
    code: 'git-failed',
    detail: `git ${error.command} failed (exit code ${error.exitCode ?? 'none'}).`,
    remedy: 'It is tried again by itself; the log of the connector has the words of git.',
    kind: 'upstream',
    cause: error,
  });
}
