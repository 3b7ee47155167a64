// Writes the typed client of schema.prisma, unless it is there already: 3 s that most builds needn't spend.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'src/database/generated/.stamp');
const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');

const hash = createHash('sha256');
for (const file of ['prisma/schema.prisma', 'prisma.config.ts']) hash.update(readFileSync(join(root, file)));
hash.update(readFileSync(join(dirname(cli), '../package.json')));
const wanted = hash.digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'generate'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(`prisma generate failed:\n${stdout}${stderr}`);
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
