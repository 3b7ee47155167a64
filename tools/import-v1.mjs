// npm run import:v1: makes a fresh clone ready and brings over what PainChain v1 stored. See painchain/import-v1/README.md.
import './node-version.mjs';
import { tsc } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { Fault, preparationIsOver, step } from './step.mjs';

try {
  await ensureDependencies();
  await step({
    title: 'Building the importer',
    command: [...tsc, '-b', 'painchain/import-v1'],
    remedy: 'See: npm run check',
  });
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
preparationIsOver();
await import('../painchain/import-v1/dist/main.js');
