import { z } from 'zod';
import { limits } from './limits.js';
import { Timestamp } from './timestamp.js';

/** A team and the tags of what is theirs: its events are those that carry any of them. */
export const NewTeam = z
  .strictObject({
    name: z.string().trim().min(1).max(limits.teamName),
    tags: z.array(z.string().trim().min(1).max(limits.tag)).min(1).max(limits.tags),
  })
  .meta({ id: 'NewTeam' });
export type NewTeam = z.infer<typeof NewTeam>;

export const Team = z
  .object({
    id: z.string().meta({ description: 'team_…, opaque.' }),
    name: z.string(),
    tags: z.array(z.string()),
    updated_at: Timestamp,
  })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof Team>;

/** By name. */
export const TeamList = z.object({ teams: z.array(Team) }).meta({ id: 'TeamList' });
export type TeamList = z.infer<typeof TeamList>;
