import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const block = /^```(?:yaml|ts|json)\n(?:#|\/\/) (\S+\.\w+)\n([\s\S]*?)^```$/gm;

/** The files that a document shows: code blocks whose first line is a comment with a path. */
export function documentedFiles(document: string): { path: string; content: string }[] {
  return [...document.matchAll(block)].map(([, path = '', content = '']) => ({ path, content }));
}

/** Writes what a document shows below a folder, as its reader would. Answers with the paths. */
export function followDocument(document: string, folder: string): string[] {
  return documentedFiles(readFileSync(document, 'utf8')).map(({ path, content }) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    return path;
  });
}
