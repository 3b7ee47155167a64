// What /home costs on its first load, gzipped, against the budgets. Run after the build.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const budgetsKb = { js: 200, css: 12 };
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const page = readFileSync(join(dist, 'index.html'), 'utf8');
const files = [...page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]);

let over = false;
for (const [kind, budgetKb] of Object.entries(budgetsKb)) {
  const ours = [...new Set(files)].filter((file) => file.endsWith(`.${kind}`));
  const bytes = ours.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0);
  const kb = bytes / 1024;
  over ||= kb > budgetKb;
  process.stdout.write(`${kind} ${kb.toFixed(1)} KB of ${budgetKb} KB in ${ours.length} files\n`);
}
if (over) process.exitCode = 1;
