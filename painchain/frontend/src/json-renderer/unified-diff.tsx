import { DiffLines } from './diff-lines.js';
import { renderLimits } from './limits.js';
import { LongText } from './long-text.js';
import { withoutAnsi } from './texts.js';

const hunkHead = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

/** One group for each hunk, the first of a file with what stands above it. */
export function groupsOf(text: string): string[][] {
  const groups: string[][] = [[]];
  let [removed, added] = [0, 0];
  let hasHunk = false;
  for (const line of withoutAnsi(text).trimEnd().split(/\r?\n/)) {
    const isInHunk = removed > 0 || added > 0;
    const head = isInHunk ? null : hunkHead.exec(line);
    if (!isInHunk && hasHunk && !line.startsWith('\\')) {
      groups.push([]);
      hasHunk = false;
    }
    if (isInHunk) {
      if (!/^[+\\]/.test(line)) removed -= 1;
      if (!/^[-\\]/.test(line)) added -= 1;
    } else if (head) {
      [removed, added] = [Number(head[1] ?? 1), Number(head[2] ?? 1)];
      hasHunk = true;
    }
    // Above a hunk, --- and +++ name the file and sign no line.
    groups.at(-1)?.push(isInHunk ? line : line.replace(/^(?:---|\+\+\+) /, ''));
  }
  return groups;
}

/** A text that is a diff already. */
export function UnifiedDiff({ text, path }: { text: string; path: string }) {
  if (text.length > renderLimits.textDownload) return <LongText text={text} path={path} pre />;
  return <DiffLines groups={groupsOf(text)} path={path} />;
}
