import { z } from 'zod';
import type { Approver } from './merge-request-facts.js';
import { Id, Username } from './payload.js';
import { MaybeInstant } from './ticket.js';

/** An approval that stands. */
export interface Approval extends Approver {
  /** When it was given; since GitLab 18.10. */
  at: string | undefined;
}

const Approvals = z.object({
  approved_by: z.array(z.object({ user: z.object({ id: Id }), approved_at: MaybeInstant })),
});
const User = z.object({ user: Username });

/** The approvals that a merge request has; undefined where that is not said. */
export function readApprovals(payload: unknown): Approval[] | undefined {
  const { data } = Approvals.safeParse(payload);
  if (!data) return undefined;
  const users = z.object({ approved_by: z.array(User) }).safeParse(payload).data?.approved_by ?? [];
  return data.approved_by.map(({ user, approved_at }, index) => ({
    id: user.id,
    username: users[index]?.user,
    at: approved_at,
  }));
}
