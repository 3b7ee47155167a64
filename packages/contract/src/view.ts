import { z } from 'zod';
import { limits } from './limits.js';
import { Timestamp } from './timestamp.js';

/**
 * Who a personal view belongs to: an id that a browser made for itself. It keeps people out of each other's way, and
 * nobody out.
 */
export const ViewOwner = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/, 'must be 16 to 64 letters, digits, - or _');

const described = {
  name: z.string().trim().min(1).max(limits.viewName),
  search: z
    .string()
    .max(limits.viewSearch)
    .meta({
      description:
        'The query string of /home, without the question mark: conditions, time, columns, grouping.',
      examples: ['q=status%3Afailure&range=24h'],
    }),
  is_default: z.boolean().default(false).meta({
    description: 'Whether /home opens with it. One shared view can be, and one of each owner, which wins.',
  }),
};

/** A view to be saved: shared with everybody, or of one owner. */
export const NewView = z
  .strictObject({ ...described, owner: ViewOwner.nullable().meta({ description: 'null: shared.' }) })
  .meta({ id: 'NewView' });
export type NewView = z.infer<typeof NewView>;

export const SavedView = z
  .object({
    id: z.string().meta({ description: 'view_…, opaque.' }),
    ...described,
    is_default: z.boolean(),
    is_shared: z.boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'SavedView' });
export type SavedView = z.infer<typeof SavedView>;

/** The shared views and, with an owner, theirs. */
export const ViewQuery = z.strictObject({ owner: ViewOwner.optional() }).meta({ id: 'ViewQuery' });
export type ViewQuery = z.infer<typeof ViewQuery>;

/** By name, shared and personal together. */
export const ViewList = z.object({ views: z.array(SavedView) }).meta({ id: 'ViewList' });
export type ViewList = z.infer<typeof ViewList>;
