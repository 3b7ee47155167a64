import type { components } from '@octokit/openapi-webhooks-types';
import type { Translation } from '@painchain/connector-sdk';
import { tokenOf } from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import type { Sighting } from '../facts.js';
import { Login, reading, repositoryOf } from '../payload.js';
import { ignored, unsupported } from '../reasons.js';
import { Release, isPublished, releaseFields, tokensOf } from '../release-fields.js';
import { translateGoneRelease, translateRelease } from '../release.js';
import type { Delivery } from './delivery.js';

const From = z.object({ from: z.string() }).optional().catch(undefined);
const Changes = z.object({ name: From, body: From, tag_name: From });

const ReleaseAction = z.object({ action: z.string(), release: z.unknown(), sender: Login });
const Edited = reading<components['schemas']['webhook-release-edited']>()(z.object({ changes: Changes }));

/** The tokens of the release before its edit, as far as the payload tells. */
function tokensBefore(payload: unknown, release: Release): string[] {
  const read = Edited.safeParse(payload);
  const { name, body, tag_name } = read.success ? read.data.changes : {};
  const was = { name, notes: body, tag: tag_name };
  const now = tokensOf(release);
  return releaseFields.map((field, index) => {
    const from = Object.hasOwn(was, field) ? was[field as keyof typeof was]?.from : undefined;
    return from === undefined ? (now[index] ?? '') : tokenOf(from);
  });
}

/** Whoever sent it did it; the author may be somebody else, such as the bot that has drafted it. */
function by(actor: string | undefined, translation: Translation): Translation {
  if (translation.kind !== 'events' || actor === undefined) return translation;
  return { kind: 'events', events: translation.events.map((event) => ({ ...event, actor })) };
}

/** The webhook `release`: published, edited or deleted. GitHub tells the publishing under other names, too. */
export function releaseWebhook(payload: unknown, host: string, { receivedAt }: Delivery): Translation {
  const repository = repositoryOf(payload, host);
  const read = ReleaseAction.safeParse(payload);
  const release = Release.safeParse(read.data?.release);
  if (!read.success || !release.success || !repository) return unsupported('a release of another shape');
  const { action, sender } = read.data;
  const sighting: Sighting = { between: { from: null, to: receivedAt } };
  if (action === 'published') return by(sender, translateRelease(read.data.release, null, repository, {}));
  if (['created', 'released', 'prereleased'].includes(action)) return ignored('published');
  if (action === 'unpublished') return ignored('fuller');
  if (!isPublished(release.data)) return ignored('draft');
  if (action === 'edited') {
    const before = tokensBefore(payload, release.data);
    return by(sender, translateRelease(read.data.release, before, repository, sighting));
  }
  if (action !== 'deleted') return unsupported('a release that was something else');
  const { id, tag_name: tag, name } = release.data;
  return by(sender, translateGoneRelease({ id, tag, name: name ?? '' }, repository, sighting));
}
