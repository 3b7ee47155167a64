import type { JsonValue } from '@painchain/connector-sdk';
import { z } from 'zod';

/**
 * That a kind has been seen, since when, and by which baseline. How far it has been seen stands in the snapshot, since a
 * position makes no sense with objects of another instant, and the snapshot is written behind what is told.
 */
const Cursor = z.object({
  v: z.literal(1),
  started: z.string(),
  snapshot: z.string(),
  /** Since when it is blind; it is told how long for once each of its scopes has been listed. */
  blind: z.string().nullable(),
});
export type Cursor = z.infer<typeof Cursor>;

/** Null where there is none yet. One that can't be read is of a snapshot that nobody has. */
export function readCursor(
  value: JsonValue,
): Cursor | { started?: undefined; snapshot: 'unreadable'; blind: null } | null {
  if (value === null) return null;
  return Cursor.safeParse(value).data ?? { snapshot: 'unreadable', blind: null };
}
