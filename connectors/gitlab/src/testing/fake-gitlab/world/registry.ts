import type { Project } from './project.js';

export interface ImageTag {
  name: string;
  digest: string;
  revision: string;
  /** Of the image that it is at. */
  createdAt: number;
}

/** A container repository of the project's registry. */
export interface ImageRepository {
  id: number;
  /** Under the project's own; empty for that itself. */
  name: string;
  createdAt: number;
  tags: Map<string, ImageTag>;
}

function imageNamed(project: Project, name: string): ImageRepository {
  const known = project.images.find((other) => other.name === name);
  if (known) return known;
  const image = { id: project.world.id(), name, createdAt: project.world.now(), tags: new Map() };
  project.images.push(image);
  return image;
}

/** Where it is pulled from, without a tag. */
export function imagePath(project: Project, { name }: Pick<ImageRepository, 'name'>): string {
  return name === '' ? project.fullName : `${project.fullName}/${name}`;
}

/** Pushes an image under these tags. */
export function publishImage(project: Project, name: string, tags: readonly string[]): void {
  const { world } = project;
  const digest = `sha256:${world.chance.hex(64)}`;
  for (const tag of tags) tagImage(project, name, tag, { digest, createdAt: world.now() });
}

/** Puts a tag at an image, and takes it from another one. When it was put there, nobody can say later. */
export function tagImage(
  project: Project,
  name: string,
  tag: string,
  { digest, createdAt }: Pick<ImageTag, 'digest' | 'createdAt'>,
): void {
  const { world } = project;
  const image = imageNamed(project, name);
  const known = image.tags.get(tag);
  if (known?.digest === digest) return;
  const revision = digest.slice('sha256:'.length);
  image.tags.set(tag, { name: tag, digest, revision, createdAt });
  const standing = project.stand(`image ${image.id} ${tag}`, digest);
  const type = known ? 'image_tagged' : 'image_published';
  project.fact(type, `image/${imagePath(project, image)}`, `${tag} ${digest}`, world.now(), standing);
}
