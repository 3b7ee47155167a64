import { z } from 'zod';

/** The closed catalogue of problems: what may go wrong, its HTTP status and its title. */
export const problems = {
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'invalid-cursor': { status: 400, title: 'The cursor is not one of ours' },
  'missing-key': { status: 401, title: 'A connector key is needed' },
  'not-allowed': { status: 403, title: 'Not allowed' },
  'foreign-host': { status: 403, title: 'This host name is not served here' },
  'foreign-origin': { status: 403, title: 'This origin may not write here' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'This method is not served here' },
  conflict: { status: 409, title: 'It conflicts with what is stored' },
  'stale-lease': { status: 409, title: 'The lease belongs to somebody else by now' },
  'cursor-moved': { status: 409, title: 'The cursor was moved by somebody else' },
  'no-connector': { status: 409, title: 'No connector of this type is running' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'This kind of body is not understood' },
  invalid: { status: 422, title: 'The content is not valid' },
  'incompatible-contract': { status: 422, title: 'This connector speaks another version of the contract' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'Not available right now' },
  'query-timeout': { status: 503, title: 'The query took too long' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** The `type` of a problem: a stable URI that names it. */
export function problemType(code: ProblemCode): string {
  return `urn:painchain:problem:${code}`;
}

/** RFC 9457 problem details. `instance` is the request id, to be found in the log; `detail` names the remedy. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    errors: z
      .array(
        z.object({
          pointer: z.string(),
          detail: z.string(),
          span: z.object({ from: z.int(), to: z.int() }).optional().meta({
            description: 'Where in a query the fault is, in UTF-16 code units.',
          }),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
