import { publicSetting } from '@painchain/connector-sdk';
import { z } from 'zod';

const text = (max: number) => z.string().trim().min(1).max(max);

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

/** What stands under `config:`. */
export const GitLabConfig = z.strictObject({
  token: text(4_096).describe('A personal, project or group access token with the scope read_api.'),
  events: publicSetting(z.array(z.enum(eventKinds)).min(1).default(usualKinds)).describe(
    'What to collect. Default: all but container_image and configuration, which need more rights.',
  ),
});
export type GitLabConfig = z.output<typeof GitLabConfig>;
