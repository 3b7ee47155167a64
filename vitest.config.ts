import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { CountReporter } from './tools/count-reporter.js';

// Tests run against the sources, so that no stale build can make them pass.
const alias = readdirSync(new URL('./packages', import.meta.url)).flatMap((name) => [
  { find: new RegExp(`^@painchain/${name}$`), replacement: source(`./packages/${name}/src/index.ts`) },
  { find: new RegExp(`^@painchain/${name}/(.+)$`), replacement: source(`./packages/${name}/src/$1`) },
]);

const budgets = 'e2e/src/budgets.e2e.spec.ts';

function source(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

export default defineConfig({
  resolve: { alias },
  test: {
    reporters: ['default', new CountReporter()],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            '{packages,painchain,connectors}/*/src/**/*.spec.{ts,tsx}',
            '{tools,bench/src}/**/*.spec.ts',
          ],
          exclude: ['**/*.db.spec.ts', '**/node_modules/**', '**/dist/**'],
          // Vitest leaves one processor to itself, which is half of a small machine.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['{packages,painchain,connectors}/*/src/**/*.db.spec.ts'],
          // One cluster per run; each file clones its own database from a migrated template.
          globalSetup: ['painchain/backend/src/database/testing/cluster.setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/src/**/*.e2e.spec.ts'],
          exclude: [budgets],
          // Whole stacks of real processes, which wait for each other most of the time: after everything that is
          // quicker to tell, and two at a time.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'budgets',
          include: [budgets],
          // What it measures is the machine's, undivided.
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
