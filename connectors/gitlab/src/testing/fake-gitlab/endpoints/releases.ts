import { type ImageRepository, imagePath } from '../world/registry.js';
import type { Project } from '../world/project.js';
import type { Release } from '../world/releases.js';
import { userOf, written } from '../written.js';
import { commitOf } from './git.js';
import { type ProjectAsk, type Reply, type Route, json, list, notFound } from './reply.js';

function releaseOf(release: Release, project: Project): object {
  const { tag, name, notes, by, sha } = release;
  const { webUrl, world } = project;
  const sources = ['zip', 'tar.gz'].map((format) => ({
    format,
    url: `${webUrl}/-/archive/${tag}/${project.name}-${tag}.${format}`,
  }));
  return {
    tag_name: tag,
    name,
    description: notes,
    created_at: written(world, release.createdAt),
    released_at: written(world, release.releasedAt),
    upcoming_release: false,
    author: userOf(by),
    commit: commitOf(sha, project),
    milestones: [],
    commit_path: `/${project.fullName}/-/commit/${sha}`,
    tag_path: `/${project.fullName}/-/tags/${tag}`,
    assets: {
      count: 3,
      sources,
      links: [{ id: 1, name: 'app', url: `https://example.com/${tag}`, link_type: 'package' }],
    },
    evidences: [],
    _links: { self: `${webUrl}/-/releases/${encodeURIComponent(tag)}` },
  };
}

function releases({ project, query, world }: ProjectAsk): Reply {
  const found = project.releases
    .filter(({ visibleFrom }) => visibleFrom <= world.now())
    .toSorted((one, other) => one.releasedAt - other.releasedAt);
  if (query.get('sort') !== 'asc') found.reverse();
  return list(found.map((release) => releaseOf(release, project)));
}

function imageOf(image: ImageRepository, project: Project, counted: boolean): object {
  const path = imagePath(project, image);
  return {
    id: image.id,
    name: image.name,
    path,
    project_id: project.id,
    location: `registry.gitlab.test/${path}`,
    created_at: written(project.world, image.createdAt),
    cleanup_policy_started_at: null,
    status: null,
    ...(counted ? { tags_count: image.tags.size } : {}),
  };
}

const imageOfId = ({ images }: Project, id: string) => images.find((other) => other.id === Number(id));

function imageTags({ project }: ProjectAsk, id: string): Reply {
  const image = imageOfId(project, id);
  if (!image) return notFound();
  const path = imagePath(project, image);
  const names = [...image.tags.keys()].toSorted();
  return list(
    names.map((name) => ({
      name,
      path: `${path}:${name}`,
      location: `registry.gitlab.test/${path}:${name}`,
    })),
  );
}

function imageTag({ project, world }: ProjectAsk, id: string, name: string): Reply {
  const image = imageOfId(project, id);
  const tag = image?.tags.get(name);
  if (!image || !tag) return notFound('404 Tag Not Found');
  const path = imagePath(project, image);
  return json({
    name,
    path: `${path}:${name}`,
    location: `registry.gitlab.test/${path}:${name}`,
    revision: tag.revision,
    short_revision: tag.revision.slice(0, 9),
    digest: tag.digest,
    created_at: written(world, tag.createdAt),
    total_size: 24_681_357,
  });
}

export const releaseRoutes: Route<ProjectAsk>[] = [
  [/^releases$/, releases],
  [
    /^releases\/(.+)$/,
    ({ project }, tag) => {
      const found = project.releases.find((other) => other.tag === tag);
      return found ? json(releaseOf(found, project)) : notFound();
    },
  ],
];

export const registryRoutes: Route<ProjectAsk>[] = [
  [
    /^registry\/repositories$/,
    ({ project, query }) => {
      const counted = query.get('tags_count') === 'true';
      return list(project.images.map((image) => imageOf(image, project, counted)));
    },
  ],
  [/^registry\/repositories\/(\d+)\/tags$/, imageTags],
  [/^registry\/repositories\/(\d+)\/tags\/([^/]+)$/, imageTag],
];
