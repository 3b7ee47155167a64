import { publicSetting } from '@painchain/connector-sdk';
import { z } from 'zod';

const text = (max: number) => z.string().trim().min(1, { abort: true }).max(max);

const segment = '(?!\\.{1,2}(?:/|$))[A-Za-z0-9_.][A-Za-z0-9_.-]*';
// What GitLab lets groups and projects be called, or the number that it knows them by.
const Id = z.int().positive();
const ProjectPath = text(500).regex(
  new RegExp(`^(?:\\d+|${segment}(?:/${segment})+)$`),
  'is no path of a project, such as group/project, and no id: leave out the server’s address',
);
const GroupPath = text(500).regex(
  new RegExp(`^${segment}(?:/${segment})*$`),
  'is no path of a group, such as group/subgroup, and no id: leave out the server’s address',
);
// It travels in a header; with anything else in it, nothing could be asked.
const Token = text(4_096).regex(/^[!-~]+$/, 'holds a space, or another character that no token has');
// It is among what may be shown, so a form must refuse a secret in it, too.
const bareAddress = /^[^/]*\/\/[^@?#]*$/;
const certificates = /^(?![\s\S]*PRIVATE KEY)[\s\S]*-----BEGIN CERTIFICATE-----/;
const Patterns = z.array(text(200)).min(1).max(100);

/** What can be collected, in the words of GitLab's own webhooks where it has one. */
export const eventKinds = [
  'push',
  'tag_push',
  'merge_request',
  'issue',
  'pipeline',
  'deployment',
  'release',
  'container_image',
  'configuration',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** What `read_api` and the role of a reporter are enough for. */
const usualKinds: EventKind[] = eventKinds.filter(
  (kind) => kind !== 'container_image' && kind !== 'configuration',
);

const labels = publicSetting(z.array(text(100)).max(50).optional()).describe('Labels for the project.');
const branches = publicSetting(Patterns.optional()).describe(
  'Branches whose pushes to tell, such as main or release/*. Default: all of them.',
);

const Project = z.strictObject({
  project: publicSetting(z.union([Id, ProjectPath], 'must be a path, group/project, or an id')).describe(
    'Its path, group/project, or its id.',
  ),
  tags: labels,
  branches,
});

const Group = z.strictObject({
  group: publicSetting(z.union([Id, GroupPath], 'must be a path or an id')).describe(
    'Its path or its id: all of its projects that the token sees.',
  ),
  include: publicSetting(Patterns.optional()).describe(
    'Of these the ones whose name, or whole path, matches: api-*.',
  ),
  exclude: publicSetting(Patterns.optional()).describe('Of these none whose name, or whole path, matches.'),
  subgroups: publicSetting(z.boolean().default(true)).describe('Also those of its subgroups.'),
  archived: publicSetting(z.boolean().default(false)).describe('Also the archived ones.'),
  tags: labels,
  branches,
});
export type Group = z.output<typeof Group>;

/** What stands under `config:`. */
export const GitLabConfig = z
  .strictObject({
    token: Token.describe('A personal, project or group access token with the scope read_api.'),
    base_url: publicSetting(
      z
        .url({ protocol: /^https?$/, error: 'must be an address that begins with https://', abort: true })
        .max(1_000)
        .regex(bareAddress, 'must hold no password, token, question or fragment: put the token in `token`')
        .default('https://gitlab.com'),
    ).describe('Where GitLab is, with the sub-path that it may live under: https://example.com/gitlab'),
    ca_file: publicSetting(text(1_000).optional()).describe(
      'A PEM file with the certificate authority of a server that has its own.',
    ),
    ca: publicSetting(
      text(262_144).regex(certificates, 'is no certificate: give it as PEM, and no key with it').optional(),
    ).describe('The content of such a file instead.'),
    projects: z.array(Project).max(1_000).default([]).describe('Single projects.'),
    groups: z
      .array(Group)
      .max(200)
      .default([])
      .describe('All projects of a group; new ones are found by themselves.'),
    polling: z
      .strictObject({
        enabled: publicSetting(z.boolean().default(true)).describe(
          'Off: with webhooks, everything is still looked at every 15 minutes.',
        ),
        interval: publicSetting(z.number().min(10).max(3_600).default(60)).describe(
          'Seconds between two looks at a project. Where that is too much for the rate limit, quiet ones make room.',
        ),
      })
      .prefault({}),
    webhook: z
      .strictObject({
        enabled: publicSetting(z.boolean().default(false)).describe('GitLab also tells by itself.'),
        secret: text(200).optional().describe('The secret token that GitLab sends with each.'),
      })
      .prefault({}),
    events: publicSetting(z.array(z.enum(eventKinds)).min(1).default(usualKinds)).describe(
      'What to collect. Default: all but container_image and configuration, which need more rights.',
    ),
    backfill: z
      .strictObject({
        days: publicSetting(z.int().min(0).max(90).default(7)).describe('How far back the first look goes.'),
      })
      .prefault({}),
  })
  .superRefine((config, context) => {
    const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (config.projects.length === 0 && config.groups.length === 0) {
      fault(['projects'], 'and `groups` are empty: nothing would be collected');
    }
    if (config.ca !== undefined && config.ca_file !== undefined) {
      fault(['ca'], 'stands beside `ca_file`: configure one of them');
    }
    if (!config.polling.enabled && !config.webhook.enabled) {
      fault(['polling', 'enabled'], 'is off, and so are webhooks: nothing would be collected');
    }
    // A group may well stand there twice, with other patterns and tags.
    const names = config.projects.map(({ project }) => String(project).toLowerCase());
    names.forEach((name, index) => {
      if (names.indexOf(name) === index) return;
      fault(['projects', String(index)], `stands there twice: ${name}`);
    });
  });
export type GitLabConfig = z.output<typeof GitLabConfig>;
