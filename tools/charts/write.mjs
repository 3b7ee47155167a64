// npm run charts: writes the tables of the charts' READMEs and the schemas of their values anew.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './helm.mjs';
import { charts, writtenFilesOf } from './charts.mjs';

for (const chart of charts) {
  for (const [path, text] of await writtenFilesOf(chart)) writeFileSync(join(root, path), text);
}
