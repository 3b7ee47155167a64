import { z } from 'zod';

/** Before this nothing has happened in any cluster: what is older, such as 1970, stands for no instant at all. */
const first = Date.parse('2014-01-01T00:00:00Z');

/** An instant as an object gives it; undefined where it gives none that can be read. */
export const Instant = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) >= first)
  .optional()
  .catch(undefined);
