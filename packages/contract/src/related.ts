import { z } from 'zod';
import { Capped } from './capped.js';
import { TimelineRow } from './event.js';

/** The stations of a change on its way to production, in their order. */
export const Stage = z.enum(['commit', 'change', 'pipeline', 'image', 'rollout']).meta({
  id: 'Stage',
  description: 'change: a pull or merge request. pipeline: a run that builds, tests or deploys.',
});
export type Stage = z.infer<typeof Stage>;

/** Why an event is related. `from`: the event of the answer that names the same key; the weakest reason is time. */
export const Relation = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('ref'), ref: z.string(), from: z.string() }),
    z.object({ kind: z.literal('subject'), subject: z.string() }),
    z.object({
      kind: z.literal('actor'),
      actor: z.string(),
      seconds: z.number().meta({ description: 'How long after the event; negative: before it.' }),
    }),
  ])
  .meta({ id: 'Relation' });
export type Relation = z.infer<typeof Relation>;

export const RelatedEvent = z
  .object({
    row: TimelineRow,
    stage: Stage.nullable(),
    why: z.array(Relation).meta({ description: 'The strongest first.' }),
  })
  .meta({ id: 'RelatedEvent' });
export type RelatedEvent = z.infer<typeof RelatedEvent>;

/**
 * What hangs together with an event. `chain` has all stages in order, `state` says why one has no events: `missing`
 * where the events before and behind it, or a key that names it, say that there should be some; `unknown` where
 * nothing does. The event itself stands in its stage. `others` share a key, the subject or the actor, but have no
 * stage, or only the actor in common; newest first.
 */
export const Related = z
  .object({
    event: z.string(),
    stage: Stage.nullable(),
    chain: z.array(
      z.object({
        stage: Stage,
        state: z.enum(['seen', 'missing', 'unknown']),
        refs: z.array(z.string()).meta({ description: 'Keys that name this stage, found or not.' }),
        events: z.array(RelatedEvent).meta({ description: 'Oldest first.' }),
      }),
    ),
    others: z.array(RelatedEvent),
    capped: Capped.nullable(),
  })
  .meta({ id: 'Related' });
export type Related = z.infer<typeof Related>;
