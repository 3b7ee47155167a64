import { z } from 'zod';
import { JsonObject, JsonValue } from './json.js';
import { limits } from './limits.js';
import { Timestamp } from './timestamp.js';

/** A type of connector: `github`, `git`, `kubernetes`. Lower case, so that a filter never misses by case. */
export const ConnectorType = z
  .string()
  .max(limits.connector)
  .regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be lower-case letters, digits, dots, dashes or underscores')
  .meta({ examples: ['github'] });
export type ConnectorType = z.infer<typeof ConnectorType>;

// Kept as it came, byte for byte: a title may begin with a space, but not be nothing else.
const text = (max: number) => z.string().min(1).max(max).regex(/\S/u, 'must not be blank');

/** An absolute http or https address; everything else could run in a reader's browser. */
export const HttpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(limits.url);

/** One correlation key, such as `commit:<sha>`, `image:<name>@<digest>` or `change:<project>#<n>`. */
export const Ref = text(limits.ref);

const core = {
  title: text(limits.title).meta({ description: 'What happened, for a human reader.' }),
  connector: ConnectorType.meta({ description: 'The type of connector that saw it.' }),
  project: text(limits.project).meta({ description: 'Where it happened: a repository, cluster/namespace.' }),
  timestamp: Timestamp.meta({ description: 'When it happened at its source.' }),
  data: JsonObject.meta({ description: 'Everything else that is known, in any shape.' }),
};

const described = {
  key: text(limits.key).optional().meta({
    description:
      'Natural idempotency key, unique per tenant and connector. Absent: a hash of the five required fields.',
  }),
  type: text(limits.type).optional().meta({ description: 'Kind of change, such as push or rollout_failed.' }),
  status: text(limits.status)
    .optional()
    .meta({ description: 'Outcome or state, such as success or failure.' }),
  actor: text(limits.actor).optional().meta({ description: 'Who did it.' }),
  url: HttpUrl.optional().meta({ description: 'Where to read more, at the source.' }),
  environment: text(limits.environment).optional(),
  severity: text(limits.severity).optional(),
  subject: text(limits.subject).optional().meta({
    description: 'The thing whose states these are, such as acme/api/run/42; its events fold into one row.',
  }),
  refs: z.array(Ref).max(limits.refs).optional().meta({ description: 'Correlation keys.' }),
  tags: z.array(text(limits.tag)).max(limits.tags).optional(),
  time_precision: z.enum(['exact', 'gap']).optional().meta({
    description: 'gap: the source only tells that it happened since it was last looked at.',
  }),
  backfill: z.boolean().optional().meta({ description: 'Collected from the past at the first start.' }),
  sent_at: Timestamp.optional().meta({ description: "The sender's clock when it sent, to see its skew." }),
};

/**
 * An event as a client sends it: the plan's five required fields and what may stand beside them. Unknown
 * fields are refused, since a misspelt `stauts` would otherwise vanish; anything extra belongs in `data`.
 */
export const NewEvent = z.strictObject({ ...core, ...described }).meta({ id: 'NewEvent' });
export type NewEvent = z.infer<typeof NewEvent>;

const stored = {
  id: z.string().meta({ description: 'evt_…, opaque.' }),
  received_at: Timestamp.meta({ description: "The backend's clock at storing." }),
  type: z.string().nullable(),
  status: z.string().nullable(),
  actor: z.string().nullable(),
  url: z.string().nullable(),
  environment: z.string().nullable(),
  severity: z.string().nullable(),
  subject: z.string().nullable(),
  tags: z.array(z.string()),
  refs: z.array(z.string()),
  time_precision: z.enum(['exact', 'gap']),
  backfill: z.boolean(),
  integration_id: z.string().nullable().meta({ description: 'int_…, or null for a plain POST.' }),
};

/** A row of the timeline: an event without its data. All instants are UTC with microseconds. */
export const TimelineRow = z
  .object({
    title: z.string(),
    connector: z.string(),
    project: z.string(),
    timestamp: Timestamp,
    ...stored,
    fields: z.record(z.string(), JsonValue).optional().meta({
      description:
        'Values of the columns that were asked for, by field; long texts are cut, lists and objects are text.',
    }),
  })
  .meta({ id: 'TimelineRow' });
export type TimelineRow = z.infer<typeof TimelineRow>;

/** A stored event with all that is known of it. */
export const StoredEvent = TimelineRow.extend({
  key: z.string(),
  data: JsonObject,
  sent_at: Timestamp.nullable(),
}).meta({ id: 'StoredEvent' });
export type StoredEvent = z.infer<typeof StoredEvent>;
