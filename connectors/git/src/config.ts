import { publicSetting } from '@painchain/connector-sdk';
import { z } from 'zod';
import { parseRemoteUrl } from './git/remote-url.js';

const text = (max: number) => z.string().trim().min(1).max(max);

const remedies = {
  unreadable: 'is no URL that git knows: use https://host/owner/repo.git or ssh://git@host/owner/repo.git',
  transport: 'uses a transport that is not allowed: use https or ssh',
  password: 'must not hold a password or token: put it in `token`, which is sealed',
  unsafe: 'holds characters that no repository URL has',
} as const;

// Stands in connector.yaml, too, so that a form refuses such a URL before it is stored among what may be shown.
const withoutPassword = /^(?![^/]*:\/\/[^/]*:[^/]*@)(?![^/]*:\/\/[^/@]{40,}@).*$/;

const Url = text(2_048)
  .regex(withoutPassword, remedies.password)
  .superRefine((url, context) => {
    const parsed = parseRemoteUrl(url);
    if (parsed === 'password') return;
    if (typeof parsed === 'string') context.addIssue({ code: 'custom', message: remedies[parsed] });
    else if (parsed.protocol === 'http') context.addIssue({ code: 'custom', message: remedies.transport });
  });

const Repository = z
  .strictObject({
    name: publicSetting(text(200).optional()).describe('What to call it. Default: owner/repo of its remote.'),
    path: publicSetting(text(1_000).optional()).describe('A repository on this machine, or a folder in one.'),
    url: publicSetting(Url.optional()).describe('An https or ssh URL. The connector keeps its own copy.'),
    tags: publicSetting(z.array(text(100)).max(50).optional()).describe('Labels for the project.'),
    branches: publicSetting(z.array(text(200)).min(1).max(100).optional()).describe(
      'Branches to watch, such as main or release/*. Default: all of them.',
    ),
    remote_branches: publicSetting(z.boolean().default(true)).describe(
      'Of a clone: also watch its remote-tracking branches (origin/main).',
    ),
    trusted: publicSetting(z.boolean().default(false)).describe(
      'Open the repository although another user owns it.',
    ),
    web_url: publicSetting(
      z
        .url({ protocol: /^https?$/ })
        .max(1_000)
        .optional(),
    ).describe('Where its commits can be read: <web_url>/commit/<sha>. Default: derived from the remote.'),
    username: publicSetting(text(200).optional()).describe('For https, where the host wants one.'),
    token: text(4_096).optional().describe('For https: a token with read access.'),
  })
  .superRefine((repository, context) => {
    if ((repository.path === undefined) === (repository.url === undefined)) {
      context.addIssue({ code: 'custom', message: 'needs either `path` or `url`' });
    }
  });
export type Repository = z.output<typeof Repository>;

function hostOf({ url }: Repository): string | undefined {
  const parsed = url === undefined ? undefined : parseRemoteUrl(url);
  return typeof parsed === 'object' ? parsed.origin : undefined;
}

/** What stands under `config:`. */
export const GitConfig = z
  .strictObject({
    repositories: z.array(Repository).min(1).max(500),
    polling: z
      .strictObject({
        interval: publicSetting(z.number().min(2).max(86_400).optional()).describe(
          'Seconds between two looks. Default: 10 for a path, 60 for a URL.',
        ),
      })
      .prefault({}),
    backfill: z
      .strictObject({
        days: publicSetting(z.int().min(0).max(365).default(30)).describe(
          'How far back the first look goes. A quiet repository shows its newest 100 commits of the last year.',
        ),
        commits: publicSetting(z.int().min(1).max(50_000).default(5_000)).describe(
          'The most commits that one look tells one by one, the newest of them.',
        ),
      })
      .prefault({}),
    username: publicSetting(text(200).optional()).describe('For https repositories without their own.'),
    token: text(4_096).optional().describe('For https repositories without their own, all on one host.'),
  })
  .superRefine((config, context) => {
    const names = config.repositories.map(sourceName);
    names.forEach((name, index) => {
      if (names.indexOf(name) === index) return;
      context.addIssue({
        code: 'custom',
        path: ['repositories', index],
        message: `stands there twice: ${name}`,
      });
    });
    const hosts = new Set(config.repositories.filter(({ token }) => token === undefined).map(hostOf));
    hosts.delete(undefined);
    if (config.token === undefined || hosts.size <= 1) return;
    const message = 'would be shown to several hosts: give each repository its own token';
    context.addIssue({ code: 'custom', path: ['token'], message });
  });
export type GitConfig = z.output<typeof GitConfig>;

/** What the cursor of a repository is kept under. */
export function sourceName(repository: Pick<Repository, 'name' | 'path' | 'url'>): string {
  return (repository.name ?? repository.url ?? repository.path ?? '').slice(0, 300);
}

/** What the surroundings of the process say. */
export interface Surroundings {
  executable: string;
  /** Whether paths and file URLs may be read: not where others than the machine's owner configure. */
  allowLocal: boolean;
  inherited: Readonly<Record<string, string>>;
}

const passedOn =
  /^(?:PATH|HOME|USER|LOGNAME|TMPDIR|SSH_AUTH_SOCK|SSL_CERT_FILE|SSL_CERT_DIR|(?:https?|all|no)_proxy)$/i;

/**
 * Reads the environment once. PAINCHAIN_GIT_LOCAL=false keeps the connector off this machine's own files, as does
 * whatever else somebody who means that may write.
 */
export function readSurroundings(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Surroundings {
  const inherited = Object.entries(env).filter(
    (entry): entry is [string, string] => passedOn.test(entry[0]) && entry[1] !== undefined,
  );
  return {
    executable: env.PAINCHAIN_GIT_EXECUTABLE ?? 'git',
    allowLocal: ['true', undefined].includes(env.PAINCHAIN_GIT_LOCAL?.toLowerCase()),
    inherited: Object.fromEntries(inherited),
  };
}
