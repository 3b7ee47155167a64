import { z } from 'zod';
import { JsonValue } from './json.js';
import { Timestamp } from './timestamp.js';

// What the specification leaves out of its String: control characters and Unicode's noncharacters.
const disallowed = /[\p{Cc}\p{Noncharacter_Code_Point}]/u;

const permitted = z.string().refine((value) => !disallowed.test(value), {
  error: 'holds a character that the CloudEvents specification does not permit',
});
const text = permitted.refine((value) => /\S/u.test(value), { error: 'must not be blank' });
const mediaType = text.refine((value) => /^[^\s/;,]+\/[^\s/;,]+\s*(?:;|$)/u.test(value), {
  error: 'must be a media type, such as application/json',
});

/** An extension attribute. Every type of the specification is one of these in JSON; null means unset. */
const extension = z.union([permitted, z.boolean(), z.int(), z.null()], {
  error: 'must be a text that the specification permits, a whole number, true, false or null',
});

const inNoExtension = new Set(['data', 'data_base64']);

/** A CloudEvent 1.0 in its JSON format. What it tells beside the specification's attributes are its extensions. */
export const CloudEvent = z
  .object({
    specversion: z.literal('1.0', { error: 'must be "1.0", the version that is understood' }),
    id: text.meta({ description: 'Unique for its source: an event is known by both together.' }),
    source: text.meta({ description: 'A URI reference to the context in which it happened.' }),
    type: text,
    subject: text.nullish(),
    time: Timestamp.nullish(),
    datacontenttype: mediaType.nullish(),
    dataschema: text.nullish(),
    data: JsonValue.optional(),
    data_base64: z.base64({ error: 'must be base64 as RFC 4648 has it' }).nullish(),
  })
  .catchall(extension)
  .superRefine((event, context) => {
    for (const name of Object.keys(event)) {
      if (inNoExtension.has(name) || /^[a-z0-9]+$/.test(name)) continue;
      const message = 'is not the name of an attribute: those are lower-case letters and digits';
      context.addIssue({ code: 'custom', path: [name], message, input: event });
    }
    if (Object.hasOwn(event, 'data') && typeof event.data_base64 === 'string') {
      const message = 'can not stand beside data';
      context.addIssue({ code: 'custom', path: ['data_base64'], message, input: event });
    }
  })
  .meta({ id: 'CloudEvent' });
export type CloudEvent = z.infer<typeof CloudEvent>;
