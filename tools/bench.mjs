// npm run bench: makes a fresh clone ready and measures PainChain from outside. See bench/README.md.
import './node-version.mjs';
import { ensureBuild, tsc } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { Fault, preparationIsOver, step } from './step.mjs';

try {
  await ensureDependencies();
  await ensureBuild();
  await step({ title: 'Building the bench', command: [...tsc, '-b', 'bench'], remedy: 'See: npm run check' });
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
preparationIsOver();
await import('../bench/dist/main.js');
