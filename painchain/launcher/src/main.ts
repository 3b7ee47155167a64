import { fileURLToPath } from 'node:url';
import { runLauncher } from './launcher.js';
import { listenForStop } from './stop-signals.js';
import { createTerminal } from './terminal.js';

// A terminal that has been closed no longer takes our lines; that must not keep us from stopping in order.
process.stdout.on('error', () => undefined);

const root = fileURLToPath(new URL('../../..', import.meta.url));
process.exit(await runLauncher(root, createTerminal(), listenForStop()));
