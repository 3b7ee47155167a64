import { z } from 'zod';

/** A query parameter that may stand once or several times; several mean any of them. */
export const anyOf = (max: number) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((given) => (Array.isArray(given) ? given : [given]))
    .pipe(z.array(z.string().min(1).max(max)).max(100))
    .optional();
