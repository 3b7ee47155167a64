import { refsOf } from './wording.js';

/** A reference to an image, in its parts. */
interface ImageReference {
  /** As it is written. */
  image: string;
  /** `registry.acme.test:5000/shop/api`. */
  repository: string;
  tag?: string;
  /** `sha256:…`. */
  digest?: string;
}

const sha = /^[0-9a-f]{40}$/i;

/** Never fails: what has neither tag nor digest is all repository. */
export function parseImage(written: string): ImageReference {
  const image = written.trim().replace(/^[a-z-]+:\/\//, '');
  const at = image.indexOf('@');
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  return {
    image,
    repository: tagged ? named.slice(0, colon) : named,
    ...(tagged && colon < named.length - 1 && { tag: named.slice(colon + 1) }),
    ...(at >= 0 && at < image.length - 1 && { digest: image.slice(at + 1) }),
  };
}

/** What a human calls the version of an image: its tag, else the beginning of its digest. */
export function versionOf({ tag, digest }: ImageReference): string {
  return tag ?? (digest === undefined ? 'latest' : shortDigest(digest));
}

/** `sha256:` and twelve characters, as registries show it. */
function shortDigest(digest: string): string {
  const [algorithm = '', hex = ''] = digest.split(':');
  return hex === '' ? digest.slice(0, 19) : `${algorithm}:${hex.slice(0, 12)}`;
}

/** From one image to another, as short as it says what differs: `1.4.1 → 1.4.2`. */
export function imageMove(before: string, after: string): string {
  const [old, fresh] = [parseImage(before), parseImage(after)];
  if (old.repository !== fresh.repository) return `${old.image} → ${fresh.image}`;
  if (versionOf(old) !== versionOf(fresh)) return `${versionOf(old)} → ${versionOf(fresh)}`;
  const digests = [old.digest, fresh.digest].map((digest) => (digest ? shortDigest(digest) : 'no digest'));
  return `${versionOf(fresh)}, ${digests.join(' → ')}`;
}

/** The correlation keys of images: each by its digest and by its tag; a tag that is a commit names that, too. */
export function imageRefs(images: readonly string[]): string[] {
  return refsOf(
    ...images.flatMap((written) => {
      const { repository, tag, digest } = parseImage(written);
      if (repository === '') return [];
      return [
        ...(digest === undefined ? [] : [`image:${repository}@${digest}`]),
        ...(tag === undefined && digest !== undefined ? [] : [`image:${repository}:${tag ?? 'latest'}`]),
        ...(tag !== undefined && sha.test(tag) ? [`commit:${tag.toLowerCase()}`] : []),
      ];
    }),
  );
}
