import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Refs by name, with the first 12 digits of what each points at. */
export type RefSnapshot = ReadonlyMap<string, string>;

// So many that no other commit has them by chance, nor by a day's work.
const bytesOfSha = 6;
const mostBytes = 4 * 1024 * 1024;

const byVersion = new Intl.Collator('en', { numeric: true });

/** `v1.9` before `v1.10`. */
export function compareVersions(one: string, other: string): number {
  return byVersion.compare(one, other) || (one < other ? -1 : Number(one > other));
}

/** The first digits of a sha, as many as a snapshot keeps. */
export function prefixOf(sha: string): string {
  return sha.slice(0, bytesOfSha * 2);
}

function pack(refs: readonly (readonly [string, string])[]): string {
  const names = refs.map(([name]) => name).join('\n');
  const shas = refs.map(([, prefix]) => prefix).join('');
  const bytes = Buffer.concat([Buffer.from(`${names}\0`), Buffer.from(shas, 'hex')]);
  return deflateRawSync(bytes, { level: 9 }).toString('base64');
}

/**
 * Refs in at most so many characters. Where they don't fit, the first by their names are left out: of versions the
 * oldest, and `firm` ones last of all. Then `limited` says so.
 */
export function packRefs(
  refs: RefSnapshot,
  mostCharacters: number,
  firm: ReadonlySet<string> = new Set(),
): { packed: string; limited: boolean } {
  let kept = [...refs].sort(
    ([one], [other]) => Number(firm.has(one)) - Number(firm.has(other)) || compareVersions(one, other),
  );
  let packed = pack(kept);
  while (packed.length > mostCharacters) {
    const room = Math.floor((kept.length * mostCharacters * 0.99) / packed.length);
    kept = room === 0 ? [] : kept.slice(-room);
    packed = pack(kept);
  }
  return { packed, limited: kept.length < refs.size };
}

/** The refs of `packRefs`, in the order of their names, firm ones last; undefined for what it hasn't made. */
export function unpackRefs(packed: string): RefSnapshot | undefined {
  try {
    const bytes = inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostBytes });
    const end = bytes.indexOf(0);
    const names = end > 0 ? bytes.toString('utf8', 0, end).split('\n') : [];
    const shas = bytes.subarray(end + 1);
    if (end < 0 || shas.length !== names.length * bytesOfSha) return undefined;
    const prefix = (index: number) => shas.toString('hex', index * bytesOfSha, (index + 1) * bytesOfSha);
    return new Map(names.map((name, index) => [name, prefix(index)]));
  } catch {
    return undefined;
  }
}
