import { type Stored, nothing, typeInWords } from '@painchain/connector-sdk/testing/pretend';

const sha = (value: unknown) => (typeof value === 'string' ? value : nothing);

type Data = Record<string, unknown>;
const moved = ({ before, after }: Data) => `${sha(before)}..${sha(after)}`;
const tagged = ({ after }: Data) => sha(after);
const approver = ({ approver: by }: Data) => String(by);
const image = ({ tag, digest }: Data) => `${String(tag)} ${String(digest)}`;

/** Where a fact's instant doesn't tell it from others, what does. */
const what: Record<string, (data: Data, status: string) => string> = {
  push: moved,
  force_push: moved,
  branch_created: moved,
  branch_deleted: moved,
  tag_created: tagged,
  tag_moved: tagged,
  tag_deleted: tagged,
  merge_request_updated: ({ head_commit: head }) => String(head),
  merge_request_retargeted: ({ base_branch: base }) => String(base),
  merge_request_approved: approver,
  merge_request_unapproved: approver,
  release_edited: ({ notes }) => String(notes),
  image_published: image,
  image_tagged: image,
  pipeline: (_, status) => (status === 'running' ? 'started' : status),
  deployment_status: (_, status) => status,
};

/** What may show as a difference between two looks only. */
const differs = new Set([
  'push',
  'force_push',
  'branch_created',
  'branch_deleted',
  'tag_created',
  'tag_moved',
  'tag_deleted',
  'merge_request_updated',
  'merge_request_retargeted',
  'merge_request_approved',
  'merge_request_unapproved',
  'release_edited',
  'release_deleted',
  'environment_stopped',
  'image_published',
  'image_tagged',
]);

/** Words for an event, as the ledger has them for the fact behind it. */
export function wordsOfEvent({ type = '', subject = '', status, project, timestamp, data }: Stored): string {
  const told = what[type]?.(data as Data, status ?? '') ?? '';
  const instant = differs.has(type) ? 'in between' : new Date(timestamp).toISOString();
  return `${subject?.slice(`${project}/`.length)} ${typeInWords(type)} ${told} ${instant}`;
}
