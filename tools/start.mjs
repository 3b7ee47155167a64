// npm start: makes a fresh clone ready, then becomes the launcher. Node's own modules only: nothing is installed yet.
import './node-version.mjs';

const { Fault, preparationIsOver } = await import('./step.mjs');
try {
  const { ensureDependencies } = await import('./dependencies.mjs');
  const { ensureBuild } = await import('./build.mjs');
  await ensureDependencies();
  await ensureBuild();
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
preparationIsOver();
await import('../painchain/launcher/dist/main.js');
