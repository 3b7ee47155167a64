// npm run backup and npm run restore: make a fresh clone ready, then save or fill its database. See docs/operations.md.
import './node-version.mjs';
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { Fault, preparationIsOver } from './step.mjs';

try {
  await ensureDependencies();
  await ensureBuild();
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
preparationIsOver();
await import('../painchain/launcher/dist/backup.js');
