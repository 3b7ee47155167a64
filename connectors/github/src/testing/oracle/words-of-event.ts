import { type Stored, typeInWords } from '@painchain/connector-sdk/testing/pretend';

const nothing = '0'.repeat(40);
const sha = (value: unknown) => (typeof value === 'string' ? value : nothing);

type Data = Record<string, unknown>;
const moved = ({ before, after }: Data) => `${sha(before)}..${sha(after)}`;

/** Where a fact's instant doesn't tell it from others, what does. */
const what: Record<string, (data: Data) => string> = {
  push: moved,
  force_push: moved,
  branch_created: moved,
  branch_deleted: moved,
  tag_created: ({ after }) => String(after),
  tag_moved: ({ after }) => String(after),
  pull_request_updated: ({ head_commit: head }) => String(head),
  release_edited: ({ notes }) => String(notes),
  image_tagged: ({ digest, tags }) => `${String(digest)} ${(tags as string[]).toSorted().join(',')}`,
  workflow_run: ({ attempt, status }) =>
    `${String(attempt)} ${status === 'completed' ? 'completed' : 'started'}`,
  deployment_status: ({ state }) => String(state),
};

/** What shows as a difference between two looks only. */
const differs = new Set([
  'tag_created',
  'tag_moved',
  'tag_deleted',
  'pull_request_updated',
  'release_edited',
  'release_deleted',
  'image_tagged',
]);

/** Words for an event, as the ledger has them for the fact behind it. */
export function wordsOfEvent({ type = '', subject = '', project, timestamp, data }: Stored): string {
  const told = what[type]?.(data as Data) ?? '';
  const instant = differs.has(type) ? 'in between' : new Date(timestamp).toISOString();
  return `${subject?.slice(`${project}/`.length)} ${typeInWords(type)} ${told} ${instant}`;
}
