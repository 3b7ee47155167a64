import type { TagAnnotation } from '../translate/facts.js';
import type { Git } from './git.js';

/** `name <email> seconds zone`, as every tag object has it but for very old ones. */
const taggerLine = /^tagger (.*?) ?<([^>]*)> (\d{1,15}) [+-]\d{4}$/m;

function parseTag(content: string): TagAnnotation {
  const end = content.indexOf('\n\n');
  const header = end < 0 ? content : content.slice(0, end);
  const [, name = '', email = '', at = ''] = taggerLine.exec(header) ?? [];
  const body = end < 0 ? '' : content.slice(end + 2);
  return {
    tagger: { name, email },
    taggedAt: at === '' ? Number.NaN : Number(at),
    message: body.replace(/-----BEGIN (?:PGP|SSH) SIGNATURE-----[\s\S]*$/, '').trimEnd(),
  };
}

/** The annotations of tag objects, by their sha. What is no tag object, or is gone, is left out. */
export async function readAnnotations(
  git: Git,
  objects: readonly string[],
): Promise<ReadonlyMap<string, TagAnnotation>> {
  const annotations = new Map<string, TagAnnotation>();
  if (objects.length === 0) return annotations;
  const bytes = await git.bytes(['cat-file', '--batch'], { stdin: `${objects.join('\n')}\n` });
  let start = 0;
  while (start < bytes.length) {
    const lineEnd = bytes.indexOf(10, start);
    if (lineEnd < 0) break;
    const [sha = '', type, size] = bytes.toString('latin1', start, lineEnd).split(' ');
    start = lineEnd + 1;
    if (size === undefined) continue;
    if (type === 'tag') annotations.set(sha, parseTag(bytes.toString('utf8', start, start + Number(size))));
    start += Number(size) + 1;
  }
  return annotations;
}
