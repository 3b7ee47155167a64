import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { Sighting } from '../facts.js';
import { projectOf, secondOf } from '../payload.js';
import { ignored, unsupported } from '../reasons.js';
import { Release, isUpcoming } from '../release-fields.js';
import { translateGoneRelease, translateRelease } from '../release.js';
import type { Delivery } from './delivery.js';

const Payload = z.looseObject({ action: z.string(), tag: z.string(), url: z.unknown().optional() });

/**
 * The webhook `release`. It knows neither who has done it nor what was there before.
 * https://docs.gitlab.com/user/project/integrations/webhook_events/
 */
export function releaseWebhook(payload: unknown, host: string, { receivedAt }: Delivery): Translation {
  const project = projectOf(payload, host);
  const { data } = Payload.safeParse(payload);
  const said = { ...data, tag_name: data?.tag, _links: { self: data?.url } };
  const { data: release } = Release.safeParse(said);
  if (!project || !data || !release) return unsupported('a release of another shape');
  const sighting: Sighting = { between: { from: null, to: receivedAt } };
  if (isUpcoming(release, receivedAt)) return ignored('upcoming');
  if (data.action === 'create') return translateRelease(said, null, project, {});
  if (data.action === 'update') return translateRelease(said, [], project, sighting);
  if (data.action !== 'delete') return unsupported('a release that was something else');
  const { tag_name: tag, name, created_at: createdAt } = release;
  return translateGoneRelease({ tag, name: name ?? '', created: secondOf(createdAt) }, project, sighting);
}
