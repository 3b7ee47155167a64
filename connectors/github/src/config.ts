import { publicSetting } from '@painchain/connector-sdk';
import { z } from 'zod';

const text = (max: number) => z.string().trim().min(1, { abort: true }).max(max);

// What GitHub lets an owner and a repository be called.
const Owner = text(100).regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'is no name of a user or an organisation');
const Repo = text(100).regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]+$/, 'is no name of a repository');
// It travels in a header; with anything else in it, nothing could be asked.
const Token = text(4_096).regex(/^[!-~]+$/, 'holds a space, or another character that no token has');
// It is among what may be shown, so a form must refuse a secret in it, too.
const bareAddress = /^[^/]*\/\/[^@?#]*$/;
const Patterns = z.array(text(200)).min(1).max(100);

/** What can be collected, in the words of GitHub's own webhooks where it has one. */
export const eventKinds = [
  'push',
  'tag',
  'pull_request',
  'issues',
  'workflow_run',
  'deployment',
  'release',
  'package',
  'configuration',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** What needs no more than read access to a repository's content. */
const usualKinds: EventKind[] = eventKinds.filter((kind) => kind !== 'package' && kind !== 'configuration');

const Repository = z
  .strictObject({
    owner: publicSetting(Owner).describe('A user or an organisation.'),
    repo: publicSetting(Repo.optional()).describe(
      'One repository. Default: all of the owner that the credential sees.',
    ),
    include: publicSetting(Patterns.optional()).describe(
      'Of all repositories those with such a name: api-*.',
    ),
    exclude: publicSetting(Patterns.optional()).describe('Of all repositories none with such a name.'),
    archived: publicSetting(z.boolean().default(false)).describe(
      'Of all repositories also the archived ones.',
    ),
    tags: publicSetting(z.array(text(100)).max(50).optional()).describe('Labels for the project.'),
    branches: publicSetting(Patterns.optional()).describe(
      'Branches whose pushes to tell, such as main or release/*. Default: all of them.',
    ),
  })
  .superRefine(({ repo, include, exclude }, context) => {
    if (repo === undefined || (include === undefined && exclude === undefined)) return;
    const message = '`include` and `exclude` choose among all repositories of an owner: leave out `repo`';
    context.addIssue({ code: 'custom', message });
  });
export type Repository = z.output<typeof Repository>;

const App = z.strictObject({
  id: publicSetting(z.union([z.int().positive(), text(100)], 'must be the App’s id')).describe(
    'The app id, or its client id.',
  ),
  installation: publicSetting(
    z.union([z.int().positive(), z.string().regex(/^\d{1,15}$/)], 'must be the installation’s number'),
  ).describe('The number at the end of the installation’s address.'),
  private_key: z.string().trim().min(1).max(16_384).describe('The PEM file’s content, as GitHub gave it.'),
});

/** What stands under `config:`. */
export const GitHubConfig = z
  .strictObject({
    token: Token.optional().describe('A personal access token that may read the repositories.'),
    app: App.optional().describe(
      'A GitHub App instead of a token: more requests an hour, and nobody’s account.',
    ),
    base_url: publicSetting(
      z
        .url({ protocol: /^https?$/, error: 'must be an address that begins with https://', abort: true })
        .max(1_000)
        .regex(bareAddress, 'must hold no password, token, question or fragment: put the token in `token`')
        .default('https://api.github.com'),
    ).describe('The API, in full. Of an Enterprise Server: https://github.example.com/api/v3'),
    repositories: z.array(Repository).min(1).max(1_000),
    polling: z
      .strictObject({
        enabled: publicSetting(z.boolean().default(true)).describe(
          'Off: with webhooks, everything is still looked at every 15 minutes.',
        ),
        interval: publicSetting(z.number().min(10).max(3_600).default(60)).describe(
          'Seconds between two looks at a repository. Where that is too much for the rate limit, quiet ones make room.',
        ),
      })
      .prefault({}),
    webhook: z
      .strictObject({
        enabled: publicSetting(z.boolean().default(false)).describe('GitHub also tells by itself.'),
        secret: text(200).optional().describe('What GitHub signs with.'),
      })
      .prefault({}),
    events: publicSetting(z.array(z.enum(eventKinds)).min(1).default(usualKinds)).describe(
      'What to collect. Default: all but package and configuration, which need more rights.',
    ),
    backfill: z
      .strictObject({
        days: publicSetting(z.int().min(0).max(90).default(7)).describe('How far back the first look goes.'),
      })
      .prefault({}),
  })
  .superRefine((config, context) => {
    const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (config.token === undefined && config.app === undefined) fault(['token'], 'is required');
    if (config.token !== undefined && config.app !== undefined) {
      fault(['app'], 'stands beside `token`: configure one of them');
    }
    if (!config.polling.enabled && !config.webhook.enabled) {
      fault(['polling', 'enabled'], 'is off, and so are webhooks: nothing would be collected');
    }
    // An owner may well stand there twice, with other patterns and tags.
    const names = config.repositories.map(({ owner, repo }) => repo && `${owner}/${repo}`.toLowerCase());
    names.forEach((name, index) => {
      if (name === undefined || names.indexOf(name) === index) return;
      fault(['repositories', String(index)], `stands there twice: ${name}`);
    });
  });
export type GitHubConfig = z.output<typeof GitHubConfig>;
