import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { ProjectFacts, Sighting } from './facts.js';
import { Id, Instant } from './payload.js';
import { unsupported } from './reasons.js';
import { backfillOf, commitRef, pageOf, refsOf, short, versionRef, whenSeen, windowData } from './wording.js';

/** A repository of the container registry: https://docs.gitlab.com/api/container_registry/ */
export const ImageRepository = z.object({
  id: Id,
  /** `group/project/releases`. */
  path: z.string().min(1),
  /** Where it is pulled from: `registry.gitlab.com/group/project/releases`. */
  location: z.string().min(1),
});
export type ImageRepository = z.output<typeof ImageRepository>;

/** A tag with all that its own address says; a list says its name only. */
const ImageTag = z.object({
  name: z.string().min(1),
  digest: z.string().min(1),
  created_at: Instant.nullish().catch(null),
  total_size: z.int().nonnegative().nullish().catch(null),
});
export type ImageTag = z.output<typeof ImageTag>;

/** Undefined where it is none, such as of an image whose parts are gone. */
export function readImageTag(json: unknown): ImageTag | undefined {
  return ImageTag.safeParse(json).data;
}

const looksLikeVersion = /^v?\d+\.\d+/;
const looksLikeCommit = /^[0-9a-f]{40}$/;

/** Whether a tag stands, by the way it is called: a version and a commit do, `latest` doesn't. */
export function isFixed(tag: string): boolean {
  return looksLikeVersion.test(tag) || looksLikeCommit.test(tag);
}

/** What a tag is at: it wasn't there before, or, where it `moved`, stood at another image. */
export function translateImageTag(
  payload: unknown,
  moved: boolean,
  repository: ImageRepository,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const tag = readImageTag(payload);
  if (!tag) return unsupported('image tag');
  const { name, digest, created_at: createdAt, total_size: size } = tag;
  const { id, path, location } = repository;
  const again = sighting.again === undefined ? [] : [sighting.again];
  const called = looksLikeCommit.test(name) ? short(name) : name;
  return {
    kind: 'events',
    events: [
      {
        key_parts: [project.host, 'image', String(id), name, digest, ...again],
        title: moved ? `Image ${path} tagged ${called}` : `Image ${path} published: ${called}`,
        type: moved ? 'image_tagged' : 'image_published',
        project: project.fullPath,
        ...whenSeen(createdAt ?? sighting.between?.to ?? '', sighting),
        ...pageOf(project, `container_registry/${id}`),
        subject: `${project.fullPath}/image/${path}`,
        refs: refsOf(
          `image:${location}@${digest}`,
          `image:${location}:${name}`,
          looksLikeCommit.test(name) ? commitRef(name) : undefined,
          looksLikeVersion.test(name) ? versionRef(project, name) : undefined,
        ),
        ...backfillOf(sighting),
        data: {
          image: location,
          tag: name,
          digest,
          ...(typeof size === 'number' && { size }),
          ...(createdAt && { created_at: createdAt }),
          ...windowData(sighting),
        },
      },
    ],
  };
}
